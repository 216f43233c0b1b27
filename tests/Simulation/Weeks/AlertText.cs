using System.Globalization;
using Quartier.Contracts.Alerts;

namespace Quartier.Simulation.Weeks;

/// <summary>An alert on one line, with everything that a restart must not change.</summary>
internal static class AlertText
{
    public static string Of(Alert alert)
    {
        var explanation = alert.Explanation;
        var readings = string.Join(' ', explanation.Readings.Select(r => string.Create(
            CultureInfo.InvariantCulture, $"{r.Property}@{r.Reading.TimeMs}={r.Reading.Value}[{r.Reading.Quality}]")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Id} {alert.District} {alert.Subject} {alert.State} {alert.StartMs} {alert.RaisedMs} {alert.ResolvedMs} {explanation.RuleId} "
            + $"v{explanation.RuleVersion} {string.Join(' ', explanation.Computed)} {string.Join(' ', explanation.Thresholds)} {readings} {explanation.Sentence}");
    }
}
