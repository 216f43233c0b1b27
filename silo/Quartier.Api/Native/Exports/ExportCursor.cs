using System.Globalization;

namespace Quartier.Api.Native.Exports;

/// <summary>Where an export goes on: in which of its datastreams, and from which time.</summary>
/// <param name="Index">Index of the datastream, from 0.</param>
/// <param name="FromMs">In milliseconds since 1970-01-01T00:00:00Z.</param>
internal readonly record struct ExportCursor(int Index, long FromMs)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static ExportCursor? Parse(string text) =>
        text.Split('.') is [var index, var from]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? new ExportCursor(i, ms)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}.{FromMs}");
}
