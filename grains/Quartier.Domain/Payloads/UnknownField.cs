using System.Text.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>Fields that are not stored: looked at for what identifies someone, and counted.</summary>
internal static class UnknownField
{
    /// <summary>Passes over a member.</summary>
    /// <param name="reader">At the member's name; afterwards at the last token of its value.</param>
    /// <param name="target">Where refusals go.</param>
    /// <param name="isCounted">Whether it counts as an unknown property when it identifies nobody.</param>
    public static void Refuse(ref Utf8JsonReader reader, DecodeTarget target, bool isCounted)
    {
        var name = PayloadText.Quote(reader.ValueSpan);
        var byName = FieldScan.Name(ref reader);
        reader.Read();
        RefuseValue(ref reader, target, name, byName, isCounted);
    }

    /// <summary>Passes over a value.</summary>
    /// <param name="reader">At the value; afterwards at its last token.</param>
    /// <param name="target">Where refusals go.</param>
    /// <param name="name">What it is called, for the operator.</param>
    /// <param name="byName">What its name says that it identifies; null for nothing.</param>
    /// <param name="isCounted">Whether it counts as an unknown property when it identifies nobody.</param>
    public static void RefuseValue(ref Utf8JsonReader reader, DecodeTarget target, string name, string? byName, bool isCounted)
    {
        if ((FieldScan.Value(ref reader) ?? byName) is { } what)
        {
            target.RefuseIdentifier(name, what);
        }
        else if (isCounted)
        {
            target.Output.Refuse(RefusalReason.UnknownProperty, $"{name} is not a property of the sensor; it has {target.Schema.Names()}");
        }
    }
}
