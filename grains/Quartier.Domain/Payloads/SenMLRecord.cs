using System.Text.Json;
using Quartier.Domain.Judgement;

namespace Quartier.Domain.Payloads;

/// <summary>One SenML record with the base values that hold for it (RFC 8428 §4.1).</summary>
internal ref struct SenMLRecord
{
    /// <summary>Longest name or base name in bytes: beyond what any gateway needs.</summary>
    public const int LongestName = 256;

    /// <summary>RFC 8428 §4.4: the version of the format is 10; a greater one must not be read.</summary>
    private const int Version = 10;

    /// <summary>RFC 8428 §4.5.3: times below 2^28 seconds are relative to now.</summary>
    private const double RelativeBelow = 1 << 28;

    private readonly Span<byte> _name;
    private int _baseNameLength;
    private int _nameLength;
    private double _baseTime;
    private double _baseValue;
    private ReadOnlySpan<byte> _baseUnit;
    private ReadOnlySpan<byte> _unit;
    private double _time;
    private double _number;
    private Utf8JsonReader _text;

    public SenMLRecord(Span<byte> name) => _name = name;

    /// <summary>Fields of this record.</summary>
    public SenMLField Fields { get; private set; }

    public bool HasBaseSum { get; private set; }

    /// <summary>Members of this record beyond RFC 8428 that identify someone.</summary>
    public int Identifying { get; private set; }

    /// <summary>What the last of them identifies.</summary>
    public string? Identified { get; private set; }

    /// <summary>The record's own name, without the base name.</summary>
    public readonly ReadOnlySpan<byte> OwnName => _name.Slice(_baseNameLength, _nameLength);

    /// <summary>The unit that holds, or nothing.</summary>
    public readonly ReadOnlySpan<byte> Unit => _unit.IsEmpty ? _baseUnit : _unit;

    /// <summary>Base time plus time.</summary>
    public readonly double Seconds => _baseTime + _time;

    /// <summary>The last segment of the resolved name.</summary>
    public readonly ReadOnlySpan<byte> Property
    {
        get
        {
            var name = _name[..(_baseNameLength + _nameLength)];
            return name[(name.LastIndexOfAny((byte)'/', (byte)':') + 1)..];
        }
    }

    public void Begin()
    {
        Fields = SenMLField.None;
        _nameLength = 0;
        _unit = default;
        _time = 0;
        _number = 0;
        Identifying = 0;
    }

    /// <summary>Reads one member; returns what is wrong with the whole message, or null.</summary>
    public string? ReadField(ref Utf8JsonReader reader)
    {
        var field = FieldOf(ref reader);
        if (field == SenMLField.None)
        {
            // RFC 8428 §4.4: unknown labels are ignored, but for those that end in '_', which must be understood.
            var mandatory = reader.ValueSpan.EndsWith("_"u8) ? PayloadText.Quote(reader.ValueSpan) : null;
            SkipUnknown(ref reader);
            return mandatory is null ? null : $"the SenML label {mandatory} must be understood and is not";
        }

        if ((Fields & field) != SenMLField.None)
        {
            return $"a SenML label stands twice in one record ({field})";
        }

        Fields |= field;
        reader.Read();
        return Store(ref reader, field);
    }

    /// <summary>The record's time in milliseconds since 1970-01-01T00:00:00Z; false when it is out of bounds.</summary>
    public readonly bool TryTime(long receivedMs, out long timeMs)
    {
        var ms = Math.Round(Seconds * 1000.0) + (Seconds < RelativeBelow ? receivedMs : 0);
        timeMs = Math.Abs(ms) < IntrinsicQuality.LatestMs ? (long)ms : 0;
        return IntrinsicQuality.IsPlausibleTime(timeMs);
    }

    public void TakeValue(DecodeTarget target, int datastream)
    {
        if ((Fields & SenMLField.StringValue) != SenMLField.None)
        {
            target.TakeLabel(ref _text, datastream);
            return;
        }

        var isNumber = (Fields & SenMLField.Value) != SenMLField.None;
        target.TakeNumber(datastream, isNumber ? _baseValue + _number : _number);
    }

    /// <summary>What the record's value identifies, when it is a text or the number of a device; null when nothing of the kind.</summary>
    public string? IdentifiedByValue()
    {
        if ((Fields & (SenMLField.StringValue | SenMLField.DataValue)) != SenMLField.None)
        {
            return FieldScan.Text(ref _text);
        }

        return (Fields & SenMLField.Value) != SenMLField.None && Identifiers.IsImei(_baseValue + _number) ? "an IMEI" : null;
    }

    private void SkipUnknown(ref Utf8JsonReader reader)
    {
        var byName = FieldScan.Name(ref reader);
        reader.Read();
        if ((FieldScan.Value(ref reader) ?? byName) is { } what)
        {
            Identifying++;
            Identified = what;
        }
    }

    private static SenMLField FieldOf(ref Utf8JsonReader reader) => reader.ValueSpan switch
    {
        [(byte)'n'] => SenMLField.Name,
        [(byte)'u'] => SenMLField.Unit,
        [(byte)'v'] => SenMLField.Value,
        [(byte)'s'] => SenMLField.Sum,
        [(byte)'t'] => SenMLField.Time,
        [(byte)'b', (byte)'n'] => SenMLField.BaseName,
        [(byte)'b', (byte)'t'] => SenMLField.BaseTime,
        [(byte)'b', (byte)'u'] => SenMLField.BaseUnit,
        [(byte)'b', (byte)'v'] => SenMLField.BaseValue,
        [(byte)'b', (byte)'s'] => SenMLField.BaseSum,
        [(byte)'v', (byte)'s'] => SenMLField.StringValue,
        [(byte)'v', (byte)'b'] => SenMLField.BooleanValue,
        [(byte)'v', (byte)'d'] => SenMLField.DataValue,
        [(byte)'u', (byte)'t'] => SenMLField.UpdateTime,
        [(byte)'b', (byte)'v', (byte)'e', (byte)'r'] => SenMLField.BaseVersion,
        _ => SenMLField.None,
    };

    private string? Store(ref Utf8JsonReader reader, SenMLField field)
    {
        switch (field)
        {
            case SenMLField.BaseName or SenMLField.Name:
                return StoreName(ref reader, field);
            case SenMLField.BaseUnit or SenMLField.Unit or SenMLField.StringValue or SenMLField.DataValue:
                return StoreText(ref reader, field);
            case SenMLField.BooleanValue:
                _number = reader.TokenType == JsonTokenType.True ? 1 : 0;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? null : "the SenML value vb is neither true nor false";
            default:
                return StoreNumber(ref reader, field);
        }
    }

    private string? StoreName(ref Utf8JsonReader reader, SenMLField field)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestName)
        {
            return $"a SenML name is not a text of at most {LongestName} characters";
        }

        if (field == SenMLField.Name)
        {
            reader.ValueSpan.CopyTo(_name[_baseNameLength..]);
            _nameLength = reader.ValueSpan.Length;
            return null;
        }

        // The name may stand before the base name: it moves behind it.
        Span<byte> own = stackalloc byte[LongestName];
        own = own[.._nameLength];
        _name.Slice(_baseNameLength, _nameLength).CopyTo(own);
        reader.ValueSpan.CopyTo(_name);
        _baseNameLength = reader.ValueSpan.Length;
        own.CopyTo(_name[_baseNameLength..]);
        return null;
    }

    private string? StoreText(ref Utf8JsonReader reader, SenMLField field)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return $"a SenML text is not a text ({field})";
        }

        switch (field)
        {
            case SenMLField.BaseUnit:
                _baseUnit = reader.ValueSpan;
                break;
            case SenMLField.Unit:
                _unit = reader.ValueSpan;
                break;
            default:
                _text = reader;
                break;
        }

        return null;
    }

    private string? StoreNumber(ref Utf8JsonReader reader, SenMLField field)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            return $"a SenML number is not a number ({field})";
        }

        var number = reader.GetDouble();
        switch (field)
        {
            case SenMLField.BaseTime:
                _baseTime = number;
                break;
            case SenMLField.BaseValue:
                _baseValue = number;
                break;
            case SenMLField.BaseSum:
                HasBaseSum = true;
                break;
            case SenMLField.Time:
                _time = number;
                break;
            case SenMLField.Value:
                _number = number;
                break;
            case SenMLField.BaseVersion when number > Version:
                return $"SenML version {PayloadText.Number(number)}; at most {Version} can be read";
            default:
                break;
        }

        return null;
    }
}
