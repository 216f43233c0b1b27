using System.Collections.Immutable;

namespace Quartier.Contracts.Policies;

/// <summary>A city's policies on their way from proposal to force: two persons, a stated time, a record of each step. Key: the city's id.</summary>
[Alias("quartier.IPolicyGrain")]
public interface IPolicyGrain : IGrainWithStringKey
{
    /// <summary>Whether the document could be proposed now. Changes nothing.</summary>
    [Alias("Check"), AlwaysInterleave]
    Task<PolicyAnswer> Check(string yaml);

    /// <summary>Stores a document as the next version, waiting for a second person.</summary>
    /// <param name="yaml">The file; it names its city and, unless it is the city's own, its district.</param>
    /// <param name="by">Reference of the person who proposes it.</param>
    /// <param name="effectiveMs">When it is to take effect, in milliseconds since 1970-01-01T00:00:00Z; what lies in the past means on approval.</param>
    /// <exception cref="Readings.StoreException">Store or ledger refuse at present; nothing was proposed.</exception>
    [Alias("Propose"), ResponseTimeout(ResponseTimes.City)]
    Task<PolicyAnswer> Propose(string yaml, string by, long effectiveMs);

    /// <summary>Another person agrees: the version takes effect at its time, or at once when that has passed.</summary>
    /// <param name="district">Id of the district; null for the city's own document.</param>
    /// <param name="version">Which version.</param>
    /// <param name="by">Reference of the person who approves it; not that of the proposer.</param>
    /// <exception cref="Readings.StoreException">Store or ledger refuse at present; nothing was approved.</exception>
    [Alias("Approve"), ResponseTimeout(ResponseTimes.City)]
    Task<PolicyAnswer> Approve(string? district, long version, string by);

    /// <summary>
    /// Ends a proposal: withdrawn by its proposer, or rejected by another. An approved version can be ended too until it takes effect: what was in force
    /// stays so. That keeps what two persons decided before, so that one is enough.
    /// </summary>
    /// <exception cref="Readings.StoreException">Store or ledger refuse at present; nothing was ended.</exception>
    [Alias("Withdraw"), ResponseTimeout(ResponseTimes.City)]
    Task<PolicyAnswer> Withdraw(string? district, long version, string by);

    /// <summary>All versions, the city's own first, then by district; each document's newest first.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<PolicyVersion>> List();

    /// <summary>One version with its text; null when there is none.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<PolicyDocument?> Get(string? district, long version);

    /// <summary>What holds in the district and where each entry comes from; null without a policy.</summary>
    [Alias("Effective"), AlwaysInterleave]
    Task<PolicyView?> Effective(string district);

    /// <summary>What the document would change if it were in force: who gains or loses what, which stored readings would expire earlier.</summary>
    [Alias("Compare"), AlwaysInterleave, ResponseTimeout(ResponseTimes.City)]
    Task<PolicyDifference> Compare(string yaml);

    /// <summary>The same for a version; null when there is none.</summary>
    [Alias("CompareVersion"), AlwaysInterleave, ResponseTimeout(ResponseTimes.City)]
    Task<PolicyDifference?> CompareVersion(string? district, long version);

    /// <summary>
    /// The zones of all versions in force or approved for later, by district; those of the city's document under the empty text. A registry that
    /// places a sensor inside is refused.
    /// </summary>
    [Alias("Zones"), ResponseTimeout(ResponseTimes.City)]
    Task<ImmutableSortedDictionary<string, ImmutableArray<NoSensingZone>>> Zones();

    /// <summary>Makes the policies in force hold in these districts too, before the registry that brings them is published: else they would begin in quarantine.</summary>
    [Alias("Prepare"), ResponseTimeout(ResponseTimes.City)]
    Task Prepare(long registryVersion, ImmutableArray<string> districts);

    /// <summary>Brings into force what is due; called after a start. Also activates the grain.</summary>
    [Alias("Refresh"), ResponseTimeout(ResponseTimes.City)]
    Task Refresh();
}
