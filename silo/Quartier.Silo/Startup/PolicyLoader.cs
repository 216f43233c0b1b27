using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Domain.Policies;

namespace Quartier.Silo.Startup;

/// <summary>
/// Brings the policies into force at start, after the registry: those of the start's time. What took effect while the program was down is recorded
/// when the cities' policy grains wake.
/// </summary>
internal sealed class PolicyLoader(
    IPolicyStore documents, IRegistry registry, IPolicies policies, TimeProvider time, ILogger<PolicyLoader> logger)
{
    /// <summary>Publishes what is in force in each city. A document that this program cannot read is named, and what it covers left in quarantine.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var city in await documents.CitiesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (registry.Find(city) is not { } snapshot)
            {
                continue;
            }

            var book = PolicyBook.Of(city, await documents.LoadAsync(city, cancellationToken).ConfigureAwait(false));
            foreach (var unreadable in book.Unreadable(now))
            {
                Log.PolicyUnreadable(logger, unreadable.Version, unreadable.District is { } district ? $"{city}/{district}" : city);
            }

            policies.Publish(book.Snapshot(snapshot.City.Districts.Select(d => d.Id), snapshot.Version, now, null));
        }
    }
}
