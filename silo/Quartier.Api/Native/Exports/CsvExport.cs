using System.Buffers;
using System.Globalization;
using System.Text;
using Quartier.Api.Json;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Exports;

/// <summary>CSV (RFC 4180) with a header line, in UTF-8.</summary>
internal sealed class CsvExport : IExportWriter
{
    public string ContentType => "text/csv; charset=utf-8; header=present";

    public void Begin(IBufferWriter<byte> output, ExportPlan plan) => Line(
        output,
        plan.Window is null
            ? "gateway,sensor,property,time,value,unit,quality"
            : "gateway,sensor,property,start,end,count,sum,min,max,mean,last,flagged,unit");

    public void Write(IBufferWriter<byte> output, ExportSlice slice, in Reading reading)
    {
        var quality = slice.Opened.ShowsQuality ? string.Join(' ', QualityFlagsConverter.WordsOf(reading.Quality)) : string.Empty;
        Line(output, $"{Name(slice)},{IsoTime.Format(reading.TimeMs)},{Text(reading.Value)},{Field(slice.Opened.Datastream.Unit)},{quality}");
    }

    public void Write(IBufferWriter<byte> output, ExportSlice slice, in AggregateRow row)
    {
        var last = slice.Opened.Obligations.Floor == Resolution.Raw ? Text(row.LastValue) : string.Empty;
        var flagged = slice.Opened.ShowsQuality ? row.Flagged.ToString(CultureInfo.InvariantCulture) : string.Empty;
        var count = row.Count.ToString(CultureInfo.InvariantCulture);
        Line(
            output,
            $"{Name(slice)},{IsoTime.Format(row.StartMs)},{IsoTime.Format(row.EndMs)},{count},{Text(row.Sum)},{Text(row.Min)},{Text(row.Max)},"
            + $"{Text(row.Sum / row.Count)},{last},{flagged},{Field(slice.Opened.Datastream.Unit)}");
    }

    public void End(IBufferWriter<byte> output, ExportPlan plan)
    {
        // A table ends with its last row; the answer's head names the next page.
    }

    private static string Name(ExportSlice slice) => $"{Field(slice.Sensor.Gateway)},{Field(slice.Sensor.Id)},{Field(slice.Opened.Datastream.Property)}";

    private static string Text(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : string.Empty;

    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Line(IBufferWriter<byte> output, string text)
    {
        Encoding.UTF8.GetBytes(text, output);
        output.Write("\r\n"u8);
    }
}
