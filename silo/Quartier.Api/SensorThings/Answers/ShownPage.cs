using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>A page of an answer.</summary>
/// <param name="Items">In order.</param>
/// <param name="Count">How many there are altogether, when that was asked for.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
/// <param name="Withheld">Why Observations are left out; null when none are.</param>
internal sealed record ShownPage(IReadOnlyList<Shown> Items, long? Count, PagePosition? Next, string? Withheld)
{
    public static ShownPage Empty { get; } = new([], null, null, null);

    public static ShownPage Of(EntityPage page) => new([.. page.Entities.Select(e => new Shown(e))], page.Count, page.Next, null);

    /// <param name="page">Observations.</param>
    /// <param name="truths">Ids of the Datastreams whose results are true or false.</param>
    public static ShownPage Of(ObservationPage page, IReadOnlySet<long> truths)
    {
        var withheld = page.Rows.IsEmpty && page.Sources.Length > 0 && page.Sources.All(s => s.Withheld is not null) ? page.Sources[0].Withheld : null;
        return new([.. page.Rows.Select(r => Of(r, page.Sources[r.Source], truths))], page.Count, page.Next, withheld);
    }

    private static Shown Of(ObservationRow row, ObservationSight sight, IReadOnlySet<long> truths) =>
        new(row, sight, sight.Source.Kind == EntityKind.Datastream && truths.Contains(sight.Source.Id));
}
