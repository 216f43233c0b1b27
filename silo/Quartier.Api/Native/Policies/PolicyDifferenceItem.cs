using Quartier.Contracts.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>What a document would change if it were in force now.</summary>
internal sealed record PolicyDifferenceItem(
    string? District,
    PolicyAccessItem[] Access,
    int MoreAccess,
    PolicyRetentionItem[] Retention,
    int MoreRetention,
    string[] NewDenials,
    string[] EndedDenials)
{
    public static PolicyDifferenceItem Of(PolicyDifference difference) => new(
        difference.District,
        [
            .. difference.Access.Select(a => new PolicyAccessItem(
                a.District, a.Principal, a.Purpose, a.Stream, PolicyReachItem.Of(a.Before), PolicyReachItem.Of(a.After), a.Datastreams, a.Example)),
        ],
        difference.MoreAccess,
        [
            .. difference.Retention.Select(r => new PolicyRetentionItem(
                r.District, r.Stream, PolicyDaysItem.Of(r.Before), PolicyDaysItem.Of(r.After), r.Datastreams, r.Example, r.Readings, r.Due, r.Uncounted)),
        ],
        difference.MoreRetention,
        [.. difference.NewDenials],
        [.. difference.EndedDenials]);
}
