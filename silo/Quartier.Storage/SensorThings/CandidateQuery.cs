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
/// <param name="OfFeature">Whether only Observations of the feature count whose id is the first of the key.</param>
internal sealed record CandidateQuery(EntityKind Kind, SqlText Sql, int Keys, ImmutableArray<Expression> Parts, bool OfFeature)
{
    private const int SourceColumns = 5;

    /// <summary>Columns of a source of the alias.</summary>
    public static string Columns(EntityKind kind, string alias) =>
        $"{alias}.id, {alias}.city, {alias}.district, {alias}.registry_key, {EntityRows.NumbersOf(kind, alias)}";

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

        return OfFeature ? [.. found.SelectMany(c => Within(database, c))] : found;
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

        return new ReadingCandidate(ReadingFunctions.KeyOf(keys), keys[0], source, [.. parts], long.MinValue, long.MaxValue);
    }

    private IEnumerable<ReadingCandidate> Within(Database database, ReadingCandidate candidate) =>
        ObservedSpans.Of(database, Kind, candidate.Source.Id, candidate.FirstKey).Select(s => candidate with { FromMs = s.FromMs, ToMs = s.ToMs });
}
