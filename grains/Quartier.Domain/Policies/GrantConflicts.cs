using System.Collections.Immutable;
using Quartier.Contracts.Policies;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Grants of one document that contradict each other: same principal, stream and purpose (and area), another floor, scope or end.</summary>
internal static class GrantConflicts
{
    /// <summary>Most combinations of principal and stream that a document's grants may name together: bounds the memory of this check.</summary>
    public const int MaxCombinations = 1_000_000;

    public static void Find(ImmutableArray<GrantDefinition> grants, PolicyPlaces places, ProblemList problems)
    {
        var combinations = grants.Sum(g => (long)g.Principals.Length * g.Streams.Length);
        if (combinations > MaxCombinations)
        {
            var (line, column) = places.Of("/grants");
            problems.Add(line, column, $"the grants name {combinations} combinations of principal and stream; at most {MaxCombinations} are accepted. Grant to offices, not to persons");
            return;
        }

        var known = new Dictionary<(string Principal, string Stream, string Purpose), List<GrantDefinition>>();
        foreach (var grant in grants)
        {
            foreach (var key in grant.Principals.SelectMany(p => grant.Streams.Select(s => (p, s, grant.Purpose))))
            {
                if (!known.TryGetValue(key, out var others))
                {
                    known.Add(key, others = []);
                }

                if (others.Find(o => o.Area.SequenceEqual(grant.Area) && !Agree(o, grant)) is { } other)
                {
                    var (line, column) = places.Of($"/grants/{grant.Id}");
                    problems.Add(
                        line, column,
                        $"the grants '{other.Id}' and '{grant.Id}' both give '{key.p}' the entry '{key.s}' for '{key.Purpose}', with another floor, scope or end; leave one of them out");
                    break;
                }

                others.Add(grant);
            }
        }
    }

    private static bool Agree(GrantDefinition a, GrantDefinition b) => a.Floor == b.Floor && a.Scope == b.Scope && a.UntilMs == b.UntilMs;
}
