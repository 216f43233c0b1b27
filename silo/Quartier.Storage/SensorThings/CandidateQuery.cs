using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>A statement that finds the sources of a question: columns of the source, ids of its key, and two columns for each part of its condition.</summary>
/// <param name="Kind">Of the sources.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Keys">So many ids are the key.</param>
/// <param name="Parts">Parts of the condition that do not hang on the Observation.</param>
/// <param name="Feature">The column that holds the feature of which alone Observations count; when it is null there, the source tells of none. Null: whatever they tell of.</param>
internal sealed record CandidateQuery(EntityKind Kind, SqlText Sql, int Keys, ImmutableArray<Expression> Parts, int? Feature)
{
    /// <summary>The column of the first id of the key.</summary>
    public const int FirstKey = SourceColumns;

    private const int SourceColumns = 5;

    /// <summary>Columns of a source of the alias.</summary>
    public static string Columns(EntityKind kind, string alias) =>
        $"{alias}.id, {alias}.city, {alias}.district, {alias}.registry_key, {EntityRows.NumbersOf(kind, alias)}";

    /// <summary>The column after the last part.</summary>
    public static int AfterParts(int keys, ImmutableArray<Expression> parts) => SourceColumns + keys + (2 * parts.Length);

    /// <summary>The sources, at most so many.</summary>
    public List<ReadingCandidate> Read(Database database, int most)
    {
        var found = new List<ReadingCandidate>();
        var limited = new SqlText().Add(Sql).Add(" LIMIT ").Bind(most);
        using var prepared = limited.Prepare(database);
        using var row = prepared.Run();
        while (row.Next())
        {
            if (!row.IsNull(SourceColumns - 1))
            {
                found.Add(Read(row));
            }
        }

        return Feature is null ? found : Within(database, found);
    }

    private ReadingCandidate Read(in Rows row)
    {
        var owner = new EntityOwner(row.Text(1), row.TextOrNull(2), row.TextOrNull(3));
        var source = new ObservationSource(Kind, row.Int64(0), [.. row.Text(4).Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))], owner);
        var keys = new List<long>();
        for (var i = 0; i < Keys; i++)
        {
            keys.Add(row.Int64(SourceColumns + i));
        }

        var parts = new List<EntityValue>();
        for (var i = 0; i < Parts.Length; i++)
        {
            parts.Add(PartValues.Read(Parts[i], row, SourceColumns + Keys + (2 * i)));
        }

        return new ReadingCandidate(ReadingFunctions.KeyOf(keys), Feature is { } column && !row.IsNull(column) ? row.Int64(column) : null, source, [.. parts], long.MinValue, long.MaxValue);
    }

    // When a source tells of which feature is read once, however many features it has.
    private List<ReadingCandidate> Within(Database database, List<ReadingCandidate> found)
    {
        var within = new List<ReadingCandidate>();
        foreach (var source in found.GroupBy(c => c.Source.Id))
        {
            var spans = ObservedSpans.ByFeature(database, Kind, source.Key);
            within.AddRange(source.SelectMany(c => c.Feature is { } feature ? spans[feature].Select(s => c with { FromMs = s.FromMs, ToMs = s.ToMs }) : [c]));
        }

        return within;
    }
}
