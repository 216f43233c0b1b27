using System.Globalization;
using Quartier.Contracts.Alerts;

namespace Quartier.Api.Native.Alerts;

/// <summary>A place in the city's alerts: newest raised first, then by id, then by district, which makes the order total.</summary>
internal sealed record AlertCursor(long RaisedMs, string Id, string District)
{
    public static AlertCursor Of(Alert alert) => new(alert.RaisedMs, alert.Id, alert.District);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static AlertCursor? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var raised)
            && parts[1].Length > 1
            && parts[2].Length > 0
            ? new(raised, parts[1], parts[2])
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RaisedMs}.{Id}.{District}");
}
