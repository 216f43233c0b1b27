using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Journals;

/// <summary>Reads record payloads.</summary>
internal static class RecordReader
{
    /// <summary>The record's kind.</summary>
    public static RecordKind KindOf(ReadOnlySpan<byte> payload) => (RecordKind)payload[0];

    /// <summary>Whether the record holds readings.</summary>
    public static bool HoldsReadings(ReadOnlySpan<byte> payload) => KindOf(payload) is RecordKind.Readings or RecordKind.Annotated or RecordKind.Corrected;

    /// <summary>Reads a record of readings, and where they have annotations or corrections those, one for each.</summary>
    public static (int Datastream, int RetentionDays) Readings(ReadOnlySpan<byte> payload, List<Reading> readings, List<byte[]>? annotations = null)
    {
        readings.Clear();
        annotations?.Clear();
        var isAnnotated = KindOf(payload) is RecordKind.Annotated or RecordKind.Corrected;
        var reader = new ByteReader(payload[1..]);
        var datastream = reader.Int32(int.MaxValue);
        var retention = reader.Int32(int.MaxValue);
        var timeMs = 0L;
        while (reader.Remaining > 0)
        {
            timeMs += reader.ZigZag();
            var control = reader.Byte();
            var places = control & (RecordWriter.HasQuality - 1);
            var value = places == RecordWriter.RawDouble
                ? BitConverter.UInt64BitsToDouble(reader.UInt64())
                : Decimals.Unscale(reader.ZigZag(), places);
            var quality = (control & RecordWriter.HasQuality) != 0 ? (Quality)reader.Byte() : Quality.Good;
            readings.Add(new Reading(timeMs, value, quality));
            if (isAnnotated)
            {
                var annotation = reader.Take(reader.Int32(payload.Length));
                annotations?.Add(annotation.ToArray());
            }
        }

        return (datastream, retention);
    }

    /// <summary>Reads a datastream's registration.</summary>
    public static (int Number, DatastreamKey Key, int RetentionDays) Datastream(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload[1..]);
        var number = reader.Int32(int.MaxValue);
        var retention = reader.Int32(int.MaxValue);
        var sensor = Encoding.UTF8.GetString(reader.Take(reader.Int32(payload.Length)));
        var property = Encoding.UTF8.GetString(reader.Take(reader.Int32(payload.Length)));
        return (number, new DatastreamKey(sensor, property), retention);
    }

    /// <summary>Reads a seal intent.</summary>
    public static (long Batch, int Day) Intent(ReadOnlySpan<byte> payload, List<SealedUpTo> entries)
    {
        entries.Clear();
        var reader = new ByteReader(payload[1..]);
        var batch = (long)reader.Varint();
        var day = (int)reader.ZigZag();
        while (reader.Remaining > 0)
        {
            entries.Add(new SealedUpTo(reader.Int32(int.MaxValue), (long)reader.Varint()));
        }

        return (batch, day);
    }
}
