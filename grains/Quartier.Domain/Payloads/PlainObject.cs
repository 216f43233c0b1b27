using Quartier.Domain.Judgement;
using Quartier.Domain.Time;

namespace Quartier.Domain.Payloads;

/// <summary>
/// The common message in one pass over its bytes: one flat object of known properties, plain numbers, labels, true and false. Gives up, leaving
/// nothing behind, at anything else, be it unusual or wrong: the general reader then decides. So both agree wherever this one succeeds.
/// </summary>
internal ref struct PlainObject
{
    /// <summary>Up to 15 decimal digits are exact in a double, and so is 10^22: one division rounds correctly.</summary>
    private const int ExactDigits = 15;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly ReadOnlySpan<byte> _text;
    private readonly SensorSchema _schema;
    private readonly SampleBuffer _output;
    private int _at;
    private bool _hasTime;
    private long _timeMs;

    private PlainObject(ReadOnlySpan<byte> text, SensorSchema schema, long receivedMs, SampleBuffer output)
    {
        _text = text;
        _schema = schema;
        _output = output;
        _timeMs = receivedMs;
    }

    public static bool TryDecode(ReadOnlySpan<byte> text, SensorSchema schema, long receivedMs, SampleBuffer output)
    {
        var first = output.Count;
        var plain = new PlainObject(text, schema, receivedMs, output);
        if (plain.TryRead() && output.Count > first)
        {
            output.SetTime(first, plain._timeMs);
            return true;
        }

        output.TakeBack(first);
        return false;
    }

    private bool TryRead()
    {
        if (!TryTake((byte)'{'))
        {
            return false;
        }

        _output.ForgetSeen(_schema.Count);
        var next = 0;
        do
        {
            if (!TryMember(ref next))
            {
                return false;
            }
        }
        while (TryTake((byte)','));

        if (!TryTake((byte)'}'))
        {
            return false;
        }

        SkipSpace();
        return _at == _text.Length;
    }

    private bool TryMember(ref int next)
    {
        if (!TryText(out var name) || !TryTake((byte)':'))
        {
            return false;
        }

        SkipSpace();
        if (name.Length == 1 && name[0] == 't')
        {
            return TryTime();
        }

        var datastream = _schema.Find(name, next);
        next = datastream + 1;
        return datastream >= 0 && _output.TrySee(datastream) && TryValue(datastream);
    }

    private bool TryTime()
    {
        if (_hasTime || _at >= _text.Length)
        {
            return false;
        }

        _hasTime = true;
        if (_text[_at] == '"')
        {
            return TryText(out var text) && IsoTime.TryParse(text, out _timeMs) && IntrinsicQuality.IsPlausibleTime(_timeMs);
        }

        if (!TryNumber(out var digits, out var decimals))
        {
            return false;
        }

        _timeMs = digits;
        return decimals == 0 && IntrinsicQuality.IsPlausibleTime(digits);
    }

    private bool TryValue(int datastream)
    {
        if (_at >= _text.Length)
        {
            return false;
        }

        double value;
        switch (_text[_at])
        {
            case (byte)'"':
                if (!TryText(out var label) || !_schema.TryCode(datastream, label, out value))
                {
                    return false;
                }

                break;
            case (byte)'t' when _text[_at..].StartsWith("true"u8):
                _at += 4;
                value = 1;
                break;
            case (byte)'f' when _text[_at..].StartsWith("false"u8):
                _at += 5;
                value = 0;
                break;
            default:
                if (!TryNumber(out var digits, out var decimals))
                {
                    return false;
                }

                value = digits / PowersOfTen[decimals];
                break;
        }

        if (!_schema.Allows(datastream, value))
        {
            return false;
        }

        _output.Add(datastream, 0, value);
        return true;
    }

    /// <summary>
    /// A JSON number without exponent, with at most 15 digits, at most 14 of them before the point: the general reader knows whether a number
    /// of 15 digits is an IMEI.
    /// </summary>
    private bool TryNumber(out long digits, out int decimals)
    {
        digits = 0;
        decimals = 0;
        var at = _at;
        var negative = at < _text.Length && _text[at] == '-';
        at += negative ? 1 : 0;
        var first = at;
        for (; at < _text.Length && (uint)(_text[at] - '0') <= 9; at++)
        {
            digits = (digits * 10) + (_text[at] - '0');
            if (at - first >= ExactDigits - 1)
            {
                return false;
            }
        }

        var whole = at - first;
        if (whole == 0 || (whole > 1 && _text[first] == '0'))
        {
            return false;
        }

        if (at < _text.Length && _text[at] == '.')
        {
            for (at++; at < _text.Length && (uint)(_text[at] - '0') <= 9; at++)
            {
                digits = (digits * 10) + (_text[at] - '0');
                decimals++;
                if (whole + decimals > ExactDigits)
                {
                    return false;
                }
            }

            if (decimals == 0)
            {
                return false;
            }
        }

        digits = negative ? -digits : digits;
        _at = at;

        // An exponent, a second point, a letter: the general reader knows.
        return at < _text.Length && _text[at] is (byte)',' or (byte)'}' or (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t';
    }

    /// <summary>A text of printable ASCII without escapes.</summary>
    private bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        for (var at = _at; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case (byte)'"':
                    text = _text[_at..at];
                    _at = at + 1;
                    return true;
                case < 0x20 or > 0x7E or (byte)'\\':
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    private bool TryTake(byte expected)
    {
        SkipSpace();
        if (_at < _text.Length && _text[_at] == expected)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
