using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Questions;

namespace Quartier.Api.Native.Alerts;

/// <summary>Pages of the alerts that a caller gets to know of: full ones, however many others lie between.</summary>
internal sealed class AlertPages(AlertLister lister, AlertViewer viewer, AlertSight sight, ReadRecord record, OpenQuestion question)
{
    /// <summary>A page, and as <c>next</c> its last alert, so that it names nothing of which the caller does not know already.</summary>
    public async Task<Outcome<AlertPage>> ReadAsync(HttpContext context, CityIndex city, AlertFilter filter, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        question.For(context);

        // Whether anything was decided on must not be told by the head.
        record.SetHeaders(context.Response.Headers);
        var grounds = AlertViewer.KnowsOfAll(caller, city) ? null : await GroundsAsync(caller, city, filter, cancellationToken).ConfigureAwait(false);
        if (question.Refusal is { } refusal)
        {
            return refusal;
        }

        var (alerts, next) = await lister.ListAsync(city, filter, grounds, cancellationToken).ConfigureAwait(false);
        return new AlertPage([.. await viewer.ShowAsync(caller, city, alerts, cancellationToken).ConfigureAwait(false)], next?.ToString());
    }

    private async Task<Dictionary<string, ImmutableArray<string>>> GroundsAsync(
        Caller caller, CityIndex city, AlertFilter filter, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var district in AlertLister.DistrictsOf(city, filter))
        {
            var seen = await sight.FindAsync(
                caller, city, district, g => filter.Subject is null || string.Equals(g.Subject, filter.Subject, StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
            found[district] = [.. (seen ?? []).Select(g => g.Key)];
        }

        return found;
    }
}
