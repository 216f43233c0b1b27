using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>A statement that finds the sources of a question: columns of each source (<see cref="ObservedSide.Columns"/>), ids of the key, and two columns for each part of its condition.</summary>
/// <param name="Kinds">Of the sources, for each path of the question.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Keys">So many ids are the key.</param>
/// <param name="Parts">Parts of the condition that do not hang on the Observations.</param>
internal sealed record CandidateQuery(ImmutableArray<EntityKind> Kinds, SqlText Sql, int Keys, ImmutableArray<Expression> Parts)
{
    private const int SourceColumns = 6;
    private const int NumbersColumn = 4;
    private const int FeatureColumn = 5;

    /// <summary>The sources, at most so many.</summary>
    public List<ReadingCandidate> Read(Database database, int most)
    {
        var found = new List<ReadingCandidate>();
        var limited = new SqlText().Add(Sql).Add(" LIMIT ").Bind(most);
        using (var prepared = limited.Prepare(database))
        {
            using var row = prepared.Run();
            while (row.Next())
            {
                if (HasReadings(row))
                {
                    found.Add(Read(row));
                }
            }
        }

        return Within(database, found);
    }

    private bool HasReadings(in Rows row)
    {
        for (var side = 0; side < Kinds.Length; side++)
        {
            if (row.IsNull((side * SourceColumns) + NumbersColumn))
            {
                return false;
            }
        }

        return true;
    }

    private ReadingCandidate Read(in Rows row)
    {
        var sides = ImmutableArray.CreateBuilder<CandidateSide>(Kinds.Length);
        for (var side = 0; side < Kinds.Length; side++)
        {
            sides.Add(Side(row, Kinds[side], side * SourceColumns));
        }

        var first = Kinds.Length * SourceColumns;
        var keys = new List<long>();
        for (var i = 0; i < Keys; i++)
        {
            keys.Add(row.Int64(first + i));
        }

        var parts = ImmutableArray.CreateBuilder<EntityValue>(Parts.Length);
        for (var i = 0; i < Parts.Length; i++)
        {
            parts.Add(PartValues.Read(Parts[i], row, first + Keys + (2 * i)));
        }

        return new ReadingCandidate(ReadingFunctions.KeyOf(keys), sides.MoveToImmutable(), parts.MoveToImmutable());
    }

    private static CandidateSide Side(in Rows row, EntityKind kind, int column)
    {
        var owner = new EntityOwner(row.Text(column + 1), row.TextOrNull(column + 2), row.TextOrNull(column + 3));
        var numbers = row.Text(column + NumbersColumn).Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture));
        return new CandidateSide(new ObservationSource(kind, row.Int64(column), [.. numbers], owner), row.Int64OrNull(column + FeatureColumn), [(long.MinValue, long.MaxValue)]);
    }

    // When a source tells of which feature is read once, however many features it has.
    private static List<ReadingCandidate> Within(Database database, List<ReadingCandidate> found)
    {
        var spans = new Dictionary<(EntityKind Kind, long Source), Dictionary<long, ImmutableArray<(long FromMs, long ToMs)>>>();
        CandidateSide Limited(CandidateSide side)
        {
            if (side.Feature is not { } feature)
            {
                return side;
            }

            var source = (side.Source.Kind, side.Source.Id);
            if (!spans.TryGetValue(source, out var byFeature))
            {
                byFeature = ObservedSpans.ByFeature(database, source.Kind, source.Id).ToDictionary(s => s.Key, s => s.ToImmutableArray());
                spans.Add(source, byFeature);
            }

            return side with { Spans = byFeature.GetValueOrDefault(feature, []) };
        }

        return [.. found.Select(c => c with { Sides = [.. c.Sides.Select(Limited)] }).Where(c => c.Sides.All(s => !s.Spans.IsEmpty))];
    }
}
