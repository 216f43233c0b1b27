using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Districts;

/// <summary>Clips a page so that no grant gives more rows in one answer than it allows.</summary>
internal sealed class RowLimits(Decisions decisions)
{
    /// <summary>
    /// The longest beginning of the page whose permitted datastreams stay within every grant's row limit; at least one thing, so that a reader who
    /// follows the pages comes to the end.
    /// </summary>
    /// <param name="caller">Who.</param>
    /// <param name="city">Where.</param>
    /// <param name="page">What is about to be shown.</param>
    /// <param name="streams">District and datastreams of a thing.</param>
    /// <param name="key">The thing's key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<KeyPage<T>> ClipAsync<T>(
        Caller caller,
        CityIndex city,
        KeyPage<T> page,
        Func<T, IEnumerable<(string District, string Stream)>> streams,
        Func<T, string> key,
        CancellationToken cancellationToken)
    {
        await decisions.PrepareAsync(caller, city, page.Items.SelectMany(streams), Resolution.Raw, cancellationToken).ConfigureAwait(false);
        var rows = new Dictionary<(string Policy, string? Grant), int>();
        for (var i = 0; i < page.Items.Count; i++)
        {
            foreach (var (district, stream) in streams(page.Items[i]))
            {
                var decision = await decisions.AskAsync(caller, city, district, stream).ConfigureAwait(false);
                var grant = (decision.PolicyVersion, decision.Grant);
                rows[grant] = rows.GetValueOrDefault(grant) + 1;
                if (i > 0 && decision.Obligations is { } obligations && rows[grant] > obligations.RowLimit)
                {
                    return new(page.Items.Take(i).ToList(), key(page.Items[i - 1]));
                }
            }
        }

        return page;
    }
}
