using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Reads a grant.</summary>
internal sealed class GrantReader(EntryLists lists)
{
    public static readonly string[] Keys =
        ["id", "principals", "streams", "purpose", "floor", "scope", "area", "until", "rowLimit", "redactions", "onward", "override"];

    /// <summary>Rows of one answer when a grant says nothing.</summary>
    public const int DefaultRowLimit = 10_000;

    public const int MaxRowLimit = 1_000_000;

    public GrantDefinition Read(Section grant) => new(
        grant.OptionalText("id") ?? "",
        lists.Principals(grant),
        lists.Ids(grant, "streams", 1, EntryLists.MaxStreams),
        grant.Id("purpose"),
        grant.Choice<Resolution>(
            "floor", null, ("raw", Resolution.Raw), ("minute", Resolution.Minute), ("quarter", Resolution.Quarter), ("hour", Resolution.Hour),
            ("day", Resolution.Day), ("week", Resolution.Week), ("month", Resolution.Month)),
        grant.Choice<ReadScope>("scope", null, ("sensor", ReadScope.Sensor), ("cell", ReadScope.Cell)),
        grant.Ring("area"),
        EntryLists.Until(grant),
        grant.Integer("rowLimit", 1, MaxRowLimit) ?? DefaultRowLimit,
        ReadRedactions(grant),
        grant.Text("onward"),
        grant.Flag("override"));

    private Redactions ReadRedactions(Section grant)
    {
        var redactions = Redactions.None;
        foreach (var word in lists.Texts(grant, "redactions", 0, 2))
        {
            redactions |= word.Text switch { "location" => Redactions.Location, "quality" => Redactions.Quality, _ => Redactions.None };
            if (word.Text is not ("location" or "quality"))
            {
                lists.Problem(word, $"'redactions' lists location and quality, not '{word.Text}'{Spelling.Hint(word.Text, ["location", "quality"])}");
            }
        }

        return redactions;
    }
}
