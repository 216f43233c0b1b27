using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What is registered beside a file, as a list in the order of kind and key.</summary>
internal static class AdditionList
{
    /// <summary>The order: assets first, because sensors are mounted on them.</summary>
    private static readonly Comparer<RegistryAddition> s_order = Comparer<RegistryAddition>.Create(
        (a, b) => a.Kind == b.Kind ? string.CompareOrdinal(a.Key, b.Key) : a.Kind.CompareTo(b.Kind));

    /// <summary>The list after a change.</summary>
    public static ImmutableArray<RegistryAddition> Amend(
        ImmutableArray<RegistryAddition> current, ImmutableArray<RegistryAddition> changes, ProblemList problems)
    {
        var list = current.ToList();
        foreach (var change in changes)
        {
            var at = list.BinarySearch(change, s_order);
            switch (change.Text)
            {
                case null when at < 0:
                    problems.Add(0, 0, $"{Name(change)} is not registered beside the file, so it cannot be removed there");
                    break;
                case null:
                    list.RemoveAt(at);
                    break;
                default:
                    Put(list, at, change);
                    break;
            }
        }

        return [.. list];
    }

    /// <summary>For messages: <c>the sensor 'sensorthings/a'</c>.</summary>
    public static string Name(RegistryAddition addition) =>
        $"the {(addition.Kind == RegistryAdditionKind.Asset ? "asset" : "sensor")} '{addition.Key}'";

    private static void Put(List<RegistryAddition> list, int at, RegistryAddition change)
    {
        if (at >= 0)
        {
            list[at] = change;
        }
        else
        {
            list.Insert(~at, change);
        }
    }
}
