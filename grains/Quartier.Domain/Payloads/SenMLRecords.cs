using System.Text.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>
/// SenML JSON (RFC 8428). The sensor is the topic's; the last segment of a record's resolved name (after '/' or ':') is the property.
/// Methods return what is wrong with the whole message, or null.
/// </summary>
internal static class SenMLRecords
{
    /// <summary>Whether an array is SenML: its first object has <c>bn</c>, <c>n</c> or <c>bver</c> and the sensor has no property of that name.</summary>
    /// <param name="reader">At the start of the array; a copy.</param>
    /// <param name="schema">The sensor's.</param>
    public static bool Starts(Utf8JsonReader reader, SensorSchema schema)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var marks = reader.ValueTextEquals("n"u8) || reader.ValueTextEquals("bn"u8) || reader.ValueTextEquals("bver"u8);
            if (marks && schema.Find(reader.ValueSpan) < 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    public static string? Read(ref Utf8JsonReader reader, DecodeTarget target)
    {
        var record = new SenMLRecord(target.Output.NameSpace);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && !target.IsTooMany)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return "a SenML array must hold objects only";
            }

            record.Begin();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (record.ReadField(ref reader) is { } fault)
                {
                    return fault;
                }
            }

            Take(target, ref record);
        }

        return null;
    }

    private static void Take(DecodeTarget target, ref SenMLRecord record)
    {
        if (record.Identifying > 0)
        {
            target.RefuseIdentifier("a member beside SenML's own", record.Identified!, record.Identifying);
        }

        if ((record.Fields & ~SenMLField.AnyBase) == SenMLField.None && record.Fields != SenMLField.None)
        {
            return;
        }

        var property = record.Property;
        var datastream = target.Schema.Find(property);
        if (datastream < 0)
        {
            RefuseUnknown(target, ref record);
            return;
        }

        if (Fault(record, target.Schema.UnitOf(datastream)) is { } fault)
        {
            RefuseFaulty(target, ref record, datastream, fault);
            return;
        }

        if (!record.TryTime(target.ReceivedMs, out var timeMs))
        {
            var seconds = PayloadText.Number(record.Seconds);
            target.Output.Refuse(RefusalReason.BadTime, $"{target.Schema.NameOf(datastream)}: the SenML time {seconds} s lies outside 2000 … 2200");
            return;
        }

        var first = target.Output.Count;
        record.TakeValue(target, datastream);
        target.Output.SetTime(first, timeMs);
    }

    private static void RefuseUnknown(DecodeTarget target, ref SenMLRecord record)
    {
        var property = record.Property;
        var name = PayloadText.Quote(property);
        if ((record.IdentifiedByValue() ?? FieldScan.OfName(property) ?? Identifiers.Find(record.OwnName)) is { } what)
        {
            target.RefuseIdentifier(name, what);
        }
        else
        {
            target.Output.Refuse(
                RefusalReason.UnknownProperty,
                property.IsEmpty ? "a SenML record without a name" : $"{name} is not a property of the sensor; it has {target.Schema.Names()}");
        }
    }

    private static void RefuseFaulty(DecodeTarget target, ref SenMLRecord record, int datastream, string fault)
    {
        if (record.IdentifiedByValue() is { } what)
        {
            target.RefuseIdentifier(target.Schema.NameOf(datastream), what);
        }
        else
        {
            target.RefuseValue(datastream, fault);
        }
    }

    private static string? Fault(in SenMLRecord record, string unit)
    {
        if ((record.Fields & (SenMLField.Sum | SenMLField.BaseSum)) != SenMLField.None || record.HasBaseSum)
        {
            return "SenML sums (s, bs) are not accepted; send values";
        }

        if ((record.Fields & SenMLField.DataValue) != SenMLField.None)
        {
            return "SenML data values (vd) are not accepted; send numbers";
        }

        if (!record.Unit.IsEmpty && !SenMLUnits.Match(record.Unit, unit))
        {
            return $"the unit {PayloadText.Quote(record.Unit)} was sent; the registry says \"{unit}\"";
        }

        return System.Numerics.BitOperations.PopCount((uint)(record.Fields & SenMLField.AnyValue)) switch
        {
            0 => "a SenML record without a value",
            1 => null,
            _ => "a SenML record with more than one value",
        };
    }
}
