using System.Buffers;
using System.Text.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>Where the samples of one message go; remembers what was there before, so that a message that turns out bad leaves nothing but one refusal.</summary>
internal readonly struct DecodeTarget
{
    private readonly int _refusedBefore;

    public DecodeTarget(SensorSchema schema, long receivedMs, SampleBuffer output)
    {
        Schema = schema;
        ReceivedMs = receivedMs;
        Output = output;
        FirstSample = output.Count;
        _refusedBefore = output.Refused;
        output.KeepRefusals();
    }

    public SensorSchema Schema { get; }

    public long ReceivedMs { get; }

    public SampleBuffer Output { get; }

    public int FirstSample { get; }

    public bool IsTooMany => Output.Count - FirstSample + (Output.Refused - _refusedBefore) > PayloadDecoder.MaxSamples;

    /// <summary>Whether anything of this message has been refused.</summary>
    public bool HasRefused => Output.Refused > _refusedBefore;

    public DecodeResult Result(PayloadFormat format) => new(Output.Count - FirstSample, Output.Refused - _refusedBefore, format);

    public DecodeResult RefuseMessage(RefusalReason reason, string detail, PayloadFormat format)
    {
        Output.TakeBack(FirstSample);
        Output.TakeBackRefusals();
        Output.Refuse(reason, detail);
        return Result(format);
    }

    /// <summary>Takes the reader's value as a sample of the datastream, or refuses it. Nested values are skipped.</summary>
    public void TakeValue(ref Utf8JsonReader reader, int datastream)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                TakeNumber(datastream, reader.GetDouble());
                break;
            case JsonTokenType.True:
                TakeNumber(datastream, 1);
                break;
            case JsonTokenType.False:
                TakeNumber(datastream, 0);
                break;
            case JsonTokenType.String:
                TakeLabel(ref reader, datastream);
                break;
            case JsonTokenType.Null:
                RefuseValue(datastream, "null is no value; leave the property out when there is none");
                break;
            default:
                TakeNested(ref reader, datastream);
                break;
        }
    }

    /// <summary>The same for a number that is sent in another unit: it counts as <c>number × scale + offset</c>.</summary>
    public void TakeValue(ref Utf8JsonReader reader, int datastream, double scale, double offset)
    {
        if (reader.TokenType != JsonTokenType.Number || (scale.Equals(1) && offset.Equals(0)) || Identifiers.IsImei(reader.GetDouble()))
        {
            TakeValue(ref reader, datastream);
        }
        else
        {
            TakeNumber(datastream, Scaled(reader.GetDouble(), scale, offset));
        }
    }

    /// <summary>Takes a number as a sample, when it is finite and the datastream allows it.</summary>
    public void TakeNumber(int datastream, double value)
    {
        if (!double.IsFinite(value))
        {
            RefuseValue(datastream, "the number is too large for double precision");
        }
        else if (Identifiers.IsImei(value))
        {
            RefuseIdentifier(Schema.NameOf(datastream), "an IMEI");
        }
        else if (!Schema.Allows(datastream, value))
        {
            RefuseValue(datastream, $"{PayloadText.Number(value)} is not among its codes: {Schema.LabelsOf(datastream)}");
        }
        else
        {
            Output.Add(datastream, 0, value + 0.0);
        }
    }

    /// <summary>Takes a text as a sample, when it is one of the datastream's labels.</summary>
    public void TakeLabel(ref Utf8JsonReader reader, int datastream)
    {
        if (reader.ValueIsEscaped)
        {
            var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
            TakeLabel(datastream, unescaped.AsSpan(0, reader.CopyString(unescaped)));
            ArrayPool<byte>.Shared.Return(unescaped);
        }
        else
        {
            TakeLabel(datastream, reader.ValueSpan);
        }
    }

    /// <summary>Refuses a field that identifies someone: it is named and counted, its value shown nowhere.</summary>
    /// <param name="field">The field's name, or words that stand for it.</param>
    /// <param name="what">What it identifies, such as "a MAC address".</param>
    /// <param name="count">How many such fields.</param>
    public void RefuseIdentifier(string field, string what, int count = 1) => Output.Refuse(
        RefusalReason.PersonalIdentifier,
        $"{field} is or holds {what}; fields that identify persons or their devices are refused and not kept. Leave it out at the gateway",
        count);

    public void RefuseValue(int datastream, string why) => Output.Refuse(RefusalReason.BadValue, $"{Schema.NameOf(datastream)}: {why}");

    /// <summary>In decimal digits, as the people who wrote down the scale meant it: 3 × 0.1 is 0.3.</summary>
    private static double Scaled(double number, double scale, double offset)
    {
        // Beyond, a decimal number of 28 digits has no room for the product of two of 15 (the registry bounds the other two).
        const double greatest = 1e15;
        return Math.Abs(number) < greatest
            ? (double)(((decimal)number * (decimal)scale) + (decimal)offset)
            : (number * scale) + offset;
    }

    private void TakeNested(ref Utf8JsonReader reader, int datastream)
    {
        if (FieldScan.Value(ref reader) is { } what)
        {
            RefuseIdentifier(Schema.NameOf(datastream), what);
        }
        else
        {
            RefuseValue(datastream, "a nested object or array; a number, true, false or a label was expected");
        }
    }

    private void TakeLabel(int datastream, ReadOnlySpan<byte> label)
    {
        if (Schema.TryCode(datastream, label, out var code))
        {
            Output.Add(datastream, 0, code);
        }
        else if (Identifiers.Find(label) is { } what)
        {
            RefuseIdentifier(Schema.NameOf(datastream), what);
        }
        else if (Schema.IsCategory(datastream))
        {
            RefuseValue(datastream, $"the label {PayloadText.Quote(label)} is not among its codes: {Schema.LabelsOf(datastream)}");
        }
        else
        {
            RefuseValue(datastream, $"the text {PayloadText.Quote(label)}; a number was expected");
        }
    }
}
