using System.Text.Json;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>The members of an Observation while it is being read.</summary>
internal sealed class ObservationMembers
{
    private int _streams;
    private long? _resultTime;
    private long? _end;
    private EntityValue _validTime;
    private string? _resultQuality;
    private string? _parameters;

    public long? Time { get; private set; }

    public ObservationResult? Result { get; private set; }

    public long? Datastream { get; private set; }

    public long? Multi { get; private set; }

    /// <summary>The stream that is to be created with it; null for none.</summary>
    public EntityBody? NewStream { get; private set; }

    public long? Feature { get; private set; }

    public BodyProblem? Problem { get; private set; }

    /// <summary>What stands beside time and result; null for nothing. Only after <see cref="Check"/>.</summary>
    public Annotation? Annotation { get; private set; }

    /// <summary>Takes a member that is no relation; null when there is none of the name, false with a problem.</summary>
    public bool? Take(string name, JsonElement value) => name switch
    {
        "phenomenonTime" => TakeTime(value),
        "resultTime" => TakeResultTime(value),
        "result" => TakeResult(value),
        "resultQuality" => value.ValueKind == JsonValueKind.Null || TakeRemark(name, value, BodyLimits.MaxQualityBytes, ref _resultQuality),
        "validTime" => TakeValidTime(value),
        "parameters" => IsEmpty(value) || TakeParameters(value),
        _ => null,
    };

    public bool TakeFeature(JsonElement id)
    {
        Feature = BodyReader.TryId(id, out var feature) ? feature : null;
        return Feature is not null || Fail("FeatureOfInterest", "'@iot.id' is a whole number above 0");
    }

    public bool TakeStream(string name, JsonElement link)
    {
        if (link.ValueKind != JsonValueKind.Object || !link.TryGetProperty("@iot.id", out var written) || !BodyReader.TryId(written, out var id))
        {
            return Fail(name, "a link such as {\"@iot.id\": 1}, or the stream that is to be created, is expected");
        }

        _streams++;
        Datastream = name is "Datastream" ? id : Datastream;
        Multi = name is "Datastream" ? Multi : id;
        return true;
    }

    /// <summary>Takes a stream that is to be created; without one the reader of entities has noted why.</summary>
    public bool TakeStream(EntityBody? stream)
    {
        _streams++;
        NewStream = stream;
        return stream is not null;
    }

    public bool Fail(string where, string text)
    {
        Problem ??= new(where, text);
        return false;
    }

    /// <summary>What is wrong with them together; null when nothing is.</summary>
    public BodyProblem? Check()
    {
        if (Result is null)
        {
            return new("result", "an Observation needs it");
        }

        if (_streams > 1)
        {
            return new("MultiDatastream", "an Observation belongs to a Datastream or to a MultiDatastream, not to both");
        }

        Time ??= _resultTime;
        var resultTime = _resultTime == (_end ?? Time) ? null : _resultTime;
        if (resultTime is not null || _end is not null || !_validTime.IsNull || _resultQuality is not null || _parameters is not null)
        {
            var isValid = !_validTime.IsNull;
            Annotation = new(resultTime, isValid ? _validTime.Start : null, isValid ? _validTime.End : null, _resultQuality, _parameters, null)
            {
                PhenomenonEndMs = _end,
            };
        }

        return null;
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any());

    private bool TakeParameters(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? TakeRemark("parameters", value, BodyLimits.MaxParametersBytes, ref _parameters)
        : Fail("parameters", "a JSON object is expected");

    private bool TakeRemark(string name, JsonElement value, int mostBytes, ref string? text)
    {
        text = RemarkText.Read(name, value, mostBytes, out var problem);
        Problem ??= problem;
        return text is not null;
    }

    private bool TakeValidTime(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        return (value.ValueKind == JsonValueKind.String && BodyTimes.TryTime(value.GetString(), out _validTime))
            || Fail("validTime", $"{BodyTimes.Expected}, or two with a slash between them, the earlier first, are expected");
    }

    private bool TakeTime(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String || !BodyTimes.TryTime(value.GetString(), out var time))
        {
            return Fail("phenomenonTime", $"{BodyTimes.Expected}, or two with a slash between them, the earlier first, are expected");
        }

        (Time, _end) = (time.Start, time.End > time.Start ? time.End : null);
        return true;
    }

    private bool TakeResultTime(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String || !BodyTimes.TryInstant(value.GetString(), out var ms))
        {
            return Fail("resultTime", $"{BodyTimes.Expected}, is expected");
        }

        _resultTime = ms;
        return true;
    }

    private bool TakeResult(JsonElement value)
    {
        Result = ObservationReader.Result(value);
        return Result is not null || Fail("result", "a finite number, true, false, a word of the datastream, for a MultiDatastream a list of such, or for an OM_Observation any JSON is expected");
    }
}
