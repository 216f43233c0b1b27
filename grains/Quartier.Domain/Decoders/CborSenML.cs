using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Quartier.Domain.Decoders;

/// <summary>
/// Writes SenML in CBOR (RFC 8428 §6) as SenML in JSON, so that one reader decides on both. Reads what RFC 8949 calls well-formed, but for texts in
/// chunks and tags other than decimal fractions (4) and the self-described one (55799), which no gateway needs.
/// </summary>
internal ref struct CborSenML
{
    /// <summary>As deep as the reader of JSON goes.</summary>
    private const int MaxDepth = 16;

    private const int SelfDescribed = 55_799;
    private const int DecimalFraction = 4;

    /// <summary>RFC 8428, table 4: labels from -6 on.</summary>
    private static readonly string[] Labels = ["bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd"];

    private readonly ReadOnlySpan<byte> _cbor;
    private readonly Utf8JsonWriter _json;
    private int _at;
    private string? _fault;

    private CborSenML(ReadOnlySpan<byte> cbor, Utf8JsonWriter json)
    {
        _cbor = cbor;
        _json = json;
    }

    /// <summary>Writes the message as JSON; returns what is wrong with it, or null.</summary>
    public static string? Rewrite(ReadOnlySpan<byte> cbor, IBufferWriter<byte> output)
    {
        if (cbor.IsEmpty)
        {
            return "empty payload; SenML in CBOR was expected";
        }

        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var message = new CborSenML(cbor, json);
        if (message.TryItem(0) && message._at < cbor.Length)
        {
            message._fault = $"{cbor.Length - message._at} bytes after the end of the CBOR message";
        }

        if (message._fault is null)
        {
            json.Flush();
        }

        return message._fault;
    }

    private bool TryItem(int depth)
    {
        if (depth > MaxDepth)
        {
            return Fail("nested more than 16 deep");
        }

        if (!TryHead(out var major, out var info, out var number))
        {
            return false;
        }

        return major switch
        {
            0 => TryWrite(new BigInteger(number)),
            1 => TryWrite(-1 - new BigInteger(number)),
            2 => TryData(info, number),
            3 => TryText(info, number, out var text) && TryWrite(text),
            4 => TryArray(info, number, depth),
            5 => TryMap(info, number, depth),
            6 => TryTagged(number, depth),
            _ => TrySimple(info, number),
        };
    }

    /// <summary>RFC 8949 §3: the major type, and the number in or behind the first byte. An indefinite length has the information 31.</summary>
    private bool TryHead(out int major, out int info, out ulong number)
    {
        (major, info, number) = (0, 0, 0);
        if (_at >= _cbor.Length)
        {
            return Fail("the CBOR message ends too early");
        }

        major = _cbor[_at] >> 5;
        info = _cbor[_at] & 31;
        _at++;
        if (info < 24)
        {
            number = (ulong)info;
            return true;
        }

        if (info == 31 && major is 4 or 5)
        {
            return true;
        }

        if (info > 27)
        {
            return Fail($"not CBOR that is read here at byte {_at - 1} (texts in chunks and reserved lengths are not)");
        }

        var bytes = 1 << (info - 24);
        if (_cbor.Length - _at < bytes)
        {
            return Fail("the CBOR message ends too early");
        }

        foreach (var b in _cbor.Slice(_at, bytes))
        {
            number = (number << 8) | b;
        }

        _at += bytes;
        return true;
    }

    private bool TryTake(ulong length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > (ulong)(_cbor.Length - _at))
        {
            return Fail("the CBOR message ends too early");
        }

        bytes = _cbor.Slice(_at, (int)length);
        _at += (int)length;
        return true;
    }

    private bool TryText(int info, ulong length, out ReadOnlySpan<byte> text)
    {
        text = default;
        return info != 31 && TryTake(length, out text) && (Utf8.IsValid(text) || Fail("a text is not valid UTF-8"));
    }

    private bool TryData(int info, ulong length)
    {
        if (info == 31 || !TryTake(length, out var data))
        {
            return false;
        }

        _json.WriteBase64StringValue(data);
        return true;
    }

    private readonly bool TryWrite(BigInteger number)
    {
        _json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
        return true;
    }

    private readonly bool TryWrite(ReadOnlySpan<byte> text)
    {
        _json.WriteStringValue(text);
        return true;
    }

    private bool IsAtBreak()
    {
        if (_at < _cbor.Length && _cbor[_at] == 0xFF)
        {
            _at++;
            return true;
        }

        return false;
    }

    private bool TryArray(int info, ulong count, int depth)
    {
        _json.WriteStartArray();
        for (ulong i = 0; info == 31 ? !IsAtBreak() : i < count; i++)
        {
            if (!TryItem(depth + 1))
            {
                return false;
            }
        }

        _json.WriteEndArray();
        return true;
    }

    private bool TryMap(int info, ulong count, int depth)
    {
        _json.WriteStartObject();
        for (ulong i = 0; info == 31 ? !IsAtBreak() : i < count; i++)
        {
            if (!TryLabel() || !TryItem(depth + 1))
            {
                return false;
            }
        }

        _json.WriteEndObject();
        return true;
    }

    private bool TryLabel()
    {
        if (!TryHead(out var major, out var info, out var number))
        {
            return false;
        }

        if (major == 3)
        {
            if (!TryText(info, number, out var text))
            {
                return false;
            }

            _json.WritePropertyName(text);
            return true;
        }

        var label = major switch { 0 when number <= 8 => (int)number, 1 when number <= 5 => -1 - (int)number, _ => int.MinValue };
        if (label == int.MinValue)
        {
            return Fail("a label that is neither a text nor one of RFC 8428, table 4 (-6 … 8)");
        }

        _json.WritePropertyName(Labels[label + 6]);
        return true;
    }

    private bool TryTagged(ulong tag, int depth)
    {
        if (tag == SelfDescribed)
        {
            return TryItem(depth + 1);
        }

        return tag == DecimalFraction ? TryDecimalFraction() : Fail($"the CBOR tag {tag}; numbers, texts, true, false and decimal fractions (4) are read");
    }

    /// <summary>RFC 8949 §3.4.4: an array of exponent and mantissa.</summary>
    private bool TryDecimalFraction()
    {
        if (!TryHead(out var major, out var info, out var number))
        {
            return false;
        }

        if (major != 4 || info == 31 || number != 2)
        {
            return Fail("a decimal fraction that is no array of two");
        }

        if (!TryInteger(out var exponent) || !TryInteger(out var mantissa))
        {
            return false;
        }

        _json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}"), skipInputValidation: true);
        return true;
    }

    private bool TryInteger(out BigInteger value)
    {
        value = default;
        if (!TryHead(out var major, out _, out var number))
        {
            return false;
        }

        value = major == 0 ? number : -1 - new BigInteger(number);
        return major is 0 or 1 || Fail("a decimal fraction that holds no whole numbers");
    }

    private bool TrySimple(int info, ulong number)
    {
        switch (info)
        {
            case 20 or 21:
                _json.WriteBooleanValue(info == 21);
                return true;
            case 22:
                _json.WriteNullValue();
                return true;
            case 25:
                return TryWrite((double)BitConverter.UInt16BitsToHalf((ushort)number));
            case 26:
                return TryWrite((double)BitConverter.UInt32BitsToSingle((uint)number));
            case 27:
                return TryWrite(BitConverter.UInt64BitsToDouble(number));
            default:
                return Fail($"the simple CBOR value {number}; true, false and numbers are read");
        }
    }

    private bool TryWrite(double number)
    {
        if (!double.IsFinite(number))
        {
            return Fail("NaN or infinity; leave the record out when there is no value");
        }

        _json.WriteNumberValue(number);
        return true;
    }

    private bool Fail(string fault)
    {
        _fault ??= fault;
        return false;
    }
}
