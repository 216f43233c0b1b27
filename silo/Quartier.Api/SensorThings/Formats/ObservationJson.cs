using System.Text.Json;
using Quartier.Api.Json;
using Quartier.Api.Native.Readings;
using Quartier.Api.SensorThings.Answers;
using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Formats;

/// <summary>Properties of Observations: readings, or windows of readings for whoever may not read single ones.</summary>
internal static class ObservationJson
{
    /// <summary>A property with its name; left out when there is none.</summary>
    public static void Write(Utf8JsonWriter json, Shown shown, EntityProperty property)
    {
        if (Has(shown, property))
        {
            json.WritePropertyName(property.Name);
            WriteValue(json, shown, property);
        }
    }

    /// <summary>Whether there is a value.</summary>
    public static bool Has(Shown shown, EntityProperty property) => property.Name switch
    {
        "resultQuality" => !IsWindow(shown) && !shown.Sight!.WithoutQuality,
        "parameters" => IsWindow(shown),
        "validTime" => false,
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

        switch (property.Name)
        {
            case "id":
                json.WriteNumberValue(shown.Id);
                break;
            case "phenomenonTime" or "resultTime":
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

    /// <summary>A reading's result is known when it was read; a window's when it has ended.</summary>
    public static string Time(Shown shown, EntityProperty property)
    {
        var row = shown.Row!;
        return IsWindow(shown) && property.Name is "phenomenonTime"
            ? $"{IsoTime.Format(row.StartMs)}/{IsoTime.Format(row.EndMs)}"
            : IsoTime.Format(row.EndMs);
    }

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
        foreach (var word in QualityFlagsConverter.WordsOf(shown.Row!.Quality))
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void WriteWindow(Utf8JsonWriter json, Shown shown)
    {
        json.WriteStartObject();
        json.WriteString("window", AggregateWindow.Of(shown.Sight!.Window).Word);
        json.WriteString("statistic", shown.Sight.Sum ? "sum" : "mean");
        json.WriteEndObject();
    }
}
