using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.Json;
using Quartier.Api.Native.Readings;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Properties of Observations: readings, or windows of readings for whoever may not read single ones.</summary>
internal static class ObservationJson
{
    /// <summary>A property with its name; left out when there is none.</summary>
    public static void Write(Utf8JsonWriter json, Shown shown, EntityProperty property, QueryOptions options)
    {
        if (!Has(shown, property))
        {
            return;
        }

        json.WritePropertyName(property.Name);
        if (Kept(shown, property) is { } text && Selection.Within(options, property) is { Count: > 0 } inside)
        {
            Selection.Part(JsonNode.Parse(text), inside).WriteTo(json);
        }
        else
        {
            WriteValue(json, shown, property);
        }
    }

    /// <summary>Whether there is a value.</summary>
    public static bool Has(Shown shown, EntityProperty property) => property.Name switch
    {
        "resultQuality" => !IsWindow(shown) && !shown.Sight!.WithoutQuality,
        "parameters" => IsWindow(shown) || shown.Row!.Annotation?.Parameters is not null,
        "validTime" => shown.Row!.Annotation?.ValidFromMs is not null,
        _ => true,
    };

    /// <summary>The bare value; null when there is none.</summary>
    public static void WriteValue(Utf8JsonWriter json, Shown shown, EntityProperty property)
    {
        if (!Has(shown, property))
        {
            json.WriteNullValue();
            return;
        }

        if (Kept(shown, property) is { } kept)
        {
            json.WriteRawValue(kept);
            return;
        }

        switch (property.Name)
        {
            case "id":
                json.WriteNumberValue(shown.Id);
                break;
            case "phenomenonTime" or "resultTime" or "validTime":
                json.WriteStringValue(Time(shown, property));
                break;
            case "result":
                WriteResult(json, shown);
                break;
            case "resultQuality":
                WriteQuality(json, shown);
                break;
            default:
                WriteWindow(json, shown);
                break;
        }
    }

    /// <summary>Whether an Observation holds the property as it was sent, and not as something that follows from its reading.</summary>
    public static bool HoldsOwn(Shown shown, string property) => shown.Row?.Annotation is { } annotation && property switch
    {
        "resultQuality" => annotation.ResultQuality is not null,
        "parameters" => annotation.Parameters is not null,
        "validTime" => annotation.ValidFromMs is not null,
        _ => false,
    };

    /// <summary>A result is known when its phenomenon time has ended, unless it says another time.</summary>
    private static string Time(Shown shown, EntityProperty property)
    {
        var (row, annotation) = (shown.Row!, shown.Row!.Annotation);
        return property.Name switch
        {
            "phenomenonTime" => Span(row.StartMs, row.EndMs),
            "validTime" => Span(annotation!.ValidFromMs!.Value, annotation.ValidToMs!.Value),
            _ => IsoTime.Format(annotation?.ResultTimeMs ?? row.EndMs),
        };
    }

    private static string Span(long fromMs, long toMs) => fromMs == toMs ? IsoTime.Format(fromMs) : $"{IsoTime.Format(fromMs)}/{IsoTime.Format(toMs)}";

    /// <summary>JSON as it was sent; null where something else is to be written. What is held against a reading is told beside what its sender says.</summary>
    private static string? Kept(Shown shown, EntityProperty property) => property.Name switch
    {
        "result" => shown.Row!.Annotation?.Result,
        "parameters" => shown.Row!.Annotation?.Parameters,
        "resultQuality" when shown.Row!.Quality == Quality.Good => shown.Row.Annotation?.ResultQuality,
        _ => null,
    };

    private static bool IsWindow(Shown shown) => shown.Sight!.Window != Resolution.Raw;

    private static void WriteResult(Utf8JsonWriter json, Shown shown)
    {
        var row = shown.Row!;
        if (shown.Sight!.Source.Kind != EntityKind.MultiDatastream)
        {
            WriteNumber(json, row.Value, shown.IsTruth);
            return;
        }

        json.WriteStartArray();
        WriteNumber(json, row.Value, isTruth: false);
        foreach (var other in row.Others)
        {
            WriteNumber(json, other ?? double.NaN, isTruth: false);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double value, bool isTruth)
    {
        if (isTruth)
        {
            json.WriteBooleanValue(value != 0);
        }
        else if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteQuality(Utf8JsonWriter json, Shown shown)
    {
        json.WriteStartArray();
        if (shown.Row!.Annotation?.ResultQuality is { } stated)
        {
            WriteStated(json, stated);
        }

        foreach (var word in QualityFlagsConverter.WordsOf(shown.Row!.Quality))
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void WriteStated(Utf8JsonWriter json, string stated)
    {
        using var document = JsonDocument.Parse(stated);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            document.RootElement.WriteTo(json);
            return;
        }

        foreach (var element in document.RootElement.EnumerateArray())
        {
            element.WriteTo(json);
        }
    }

    private static void WriteWindow(Utf8JsonWriter json, Shown shown)
    {
        json.WriteStartObject();
        json.WriteString("window", AggregateWindow.Of(shown.Sight!.Window).Word);
        json.WriteString("statistic", shown.Sight.Sum ? "sum" : "mean");
        json.WriteEndObject();
    }
}
