using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// What readings answer to the questions of one statement. The database cannot look into readings: a first translation of the statement asks, the
/// questions are answered outside, and the next translation finds the answers here.
/// </summary>
internal sealed class ReadingAnswers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<(long Question, string Key)> _found = [];
    private readonly Dictionary<(long Question, string Key), List<RowCandidate>> _byRow = [];
    private readonly Dictionary<(long Kind, long Id), ObservationExtent> _extents = [];
    private readonly List<ReadingQuestion> _open = [];
    private int _waits;

    /// <summary>Whether the statement can be run.</summary>
    public bool IsComplete => _open.Count == 0;

    /// <summary>The number of the question; asks it when nobody has. A question that rests on others waits until these are answered, and has no number.</summary>
    public int Number(string name, Func<ReadingQuestion> ask)
    {
        if (_numbers.TryGetValue(name, out var number))
        {
            _waits += _open.Exists(q => q.Number == number) ? 1 : 0;
            return number;
        }

        var waits = _waits;
        var question = ask();
        if (_waits > waits)
        {
            return -1;
        }

        _waits++;
        _numbers.Add(name, _numbers.Count);
        _open.Add(question with { Number = _numbers.Count - 1 });
        return _numbers.Count - 1;
    }

    /// <summary>Whether the question of that number is answered.</summary>
    public bool IsAnswered(int number) => number >= 0 && !_open.Exists(q => q.Number == number);

    /// <summary>Takes the open questions, to answer them.</summary>
    public ImmutableArray<ReadingQuestion> Take()
    {
        ImmutableArray<ReadingQuestion> open = [.. _open];
        _open.Clear();
        return open;
    }

    /// <summary>Notes that there is such an Observation.</summary>
    public void AddFound(int question, string key) => _found.Add((question, key));

    /// <summary>Notes with what single Observations are compared.</summary>
    public void AddByRow(int question, string key, RowCandidate candidate)
    {
        if (!_byRow.TryGetValue((question, key), out var candidates))
        {
            _byRow.Add((question, key), candidates = []);
        }

        candidates.Add(candidate);
    }

    /// <summary>With what single Observations are compared.</summary>
    public IReadOnlyList<RowCandidate> ByRow(int question, string key) => _byRow.GetValueOrDefault((question, key)) ?? [];

    /// <summary>Notes the times from the first to the last Observation.</summary>
    public void AddExtent(EntityKind kind, long id, ObservationExtent extent) => _extents[((long)kind, id)] = extent;

    /// <summary>Whether there is such an Observation.</summary>
    public bool IsFound(long question, string key) => _found.Contains((question, key));

    /// <summary>The times from the first to the last Observation; null when there is none, or none may be seen.</summary>
    public ObservationExtent Extent(long kind, long id) => _extents.GetValueOrDefault((kind, id));
}
