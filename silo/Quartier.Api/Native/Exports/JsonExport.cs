using System.Buffers;
using System.Text.Json;
using Quartier.Api.Json;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Exports;

/// <summary>One JSON document: obligations first, then the rows, then where the next page begins.</summary>
internal sealed class JsonExport : IExportWriter
{
    private bool _any;

    public string ContentType => "application/json";

    public void Begin(IBufferWriter<byte> output, ExportPlan plan)
    {
        output.Write("{\"obligations\":["u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var decision in plan.Slices.Select(s => s.Opened.Decision).DistinctBy(d => (d.PolicyVersion, d.Grant, d.Purpose)))
        {
            output.Write(separator);
            Serialize(
                output,
                new ExportObligations(decision.PolicyVersion, decision.Grant, decision.Purpose, ObligationsItem.Of(decision.Obligations!)),
                ApiJson.Api.ExportObligations);
            separator = ","u8;
        }

        output.Write("],\"items\":["u8);
    }

    public void Write(IBufferWriter<byte> output, ExportSlice slice, in Reading reading)
    {
        var quality = slice.Opened.ShowsQuality ? new QualityFlags(reading.Quality) : (QualityFlags?)null;
        var item = new ReadingItem(new(reading.TimeMs), reading.Value, quality);
        Separate(output);
        Serialize(output, new ExportedReading(slice.Opened.Name, slice.Opened.Datastream.Unit, item.Time, item.Value, item.Quality), ApiJson.Api.ExportedReading);
    }

    public void Write(IBufferWriter<byte> output, ExportSlice slice, in AggregateRow row)
    {
        var item = AggregateItem.Of(row, slice.Opened.ShowsQuality, last: slice.Opened.Obligations.Floor == Resolution.Raw);
        Separate(output);
        Serialize(output, new ExportedAggregate(slice.Opened.Name, slice.Opened.Datastream.Unit, item), ApiJson.Api.ExportedAggregate);
    }

    public void End(IBufferWriter<byte> output, ExportPlan plan)
    {
        output.Write("],\"next\":"u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStringValue(plan.Next?.ToString());
        }

        output.Write("}"u8);
    }

    private void Separate(IBufferWriter<byte> output)
    {
        if (_any)
        {
            output.Write(","u8);
        }

        _any = true;
    }

    private static void Serialize<T>(IBufferWriter<byte> output, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = type.Options.Encoder });
        JsonSerializer.Serialize(json, value, type);
    }
}
