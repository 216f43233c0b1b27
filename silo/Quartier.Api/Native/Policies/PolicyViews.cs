using Quartier.Contracts.Policies;
using Quartier.Domain.Policies;

namespace Quartier.Api.Native.Policies;

/// <summary>
/// What of an effective policy is shown to whom. Who has access to a stream is one of the four questions that everybody may ask, so the policy is
/// public; which single person may is that person's affair, so grants and denials of persons are counted, not shown.
/// </summary>
internal static class PolicyViews
{
    private const string Person = "person:";

    public static EffectivePolicyItem Show(string district, PolicyView view, bool withPersons)
    {
        var merged = view.Policy.Merged;
        var personal = merged.Grants.Where(g => g.Principals.Any(IsPerson)).Select(g => ("grant", g.Id))
            .Concat(merged.Denials.Where(d => d.Principals.Any(IsPerson)).Select(d => ("denial", d.Id)))
            .ToHashSet();
        var entries = view.Entries
            .Where(e => withPersons || !personal.Contains((e.Kind, e.Id)))
            .Select(e => new PolicyEntryItem(e.Kind, e.Id, e.Origin, e.Text, PolicyInGerman.Of(merged, e.Kind, e.Id) ?? e.Text));
        return new(district, view.Policy.Version, view.Policy.CityVersion, view.Policy.DistrictVersion, [.. entries], personal.Count);
    }

    private static bool IsPerson(string principal) => principal.StartsWith(Person, StringComparison.Ordinal);
}
