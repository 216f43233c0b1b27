using Quartier.Contracts.SensorThings;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Connections that only read, apart from the city's own: a long question of a stranger holds up nobody but other such questions.</summary>
internal sealed class EntityConnections(IDatabaseFiles files, TimeProvider time) : IDisposable
{
    /// <summary>Questions at once: the ten dear ones that may be open by default, so that they never hold up all others, and four of these; more would not be faster on the few cores of a city.</summary>
    private const int Most = 14;

    /// <summary>Steps of the database between two looks at the clock: some hundred microseconds.</summary>
    private const int StepsBetweenLooks = 10_000;

    /// <summary>What these steps cost, in readings that could be looked at meanwhile.</summary>
    private const int ReadingsOfALook = 1_500;

    private readonly Stack<(Database Database, AnswerSlot Slot)> _free = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places = new(Most);

    /// <summary>Reads within the time limit; beyond it, and when the caller has gone, the question ends.</summary>
    public ValueTask<QueryOutcome<T>> ReadAsync<T>(QueryLimits limits, Func<Database, QueryOutcome<T>> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(limits, null, read, cancellationToken);

    /// <summary>The same with answers of readings, which the functions of the connection look up meanwhile.</summary>
    public async ValueTask<QueryOutcome<T>> ReadAsync<T>(
        QueryLimits limits, ReadingAnswers? answers, Func<Database, QueryOutcome<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (database, slot) = Take();
            try
            {
                slot.Current = answers;
                return Watched(database, limits, read, cancellationToken);
            }
            finally
            {
                slot.Current = null;
                Return(database, slot);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            while (_free.TryPop(out var free))
            {
                free.Database.Dispose();
            }
        }

        _places.Dispose();
    }

    private QueryOutcome<T> Watched<T>(Database database, QueryLimits limits, Func<Database, QueryOutcome<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var start = time.GetTimestamp();
        var isRefused = false;
        database.Watch(StepsBetweenLooks, () =>
        {
            isRefused = limits.Cost?.TrySpend(ReadingsOfALook) == false;
            return !isRefused && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(start) < limits.Time;
        });
        try
        {
            return read(database);
        }
        catch (DatabaseException ended) when (ended.Code == DatabaseException.Interrupted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return isRefused ? ObservationBudget.Refused : new QueryProblem(
                QueryProblemKind.LimitExceeded,
                $"The question took longer than {limits.Time.TotalSeconds} seconds. Filter by properties with an index (id, name, relations, positions), or ask for less.",
                string.Empty,
                -1,
                "time");
        }
        finally
        {
            database.Watch(0, null);
        }
    }

    private (Database Database, AnswerSlot Slot) Take()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var free))
            {
                return free;
            }
        }

        var database = files.Open(CityDatabase.FileName);
        QueryFunctions.AddTo(database);
        var slot = new AnswerSlot();
        ReadingFunctions.AddTo(database, slot);
        return (database, slot);
    }

    private void Return(Database database, AnswerSlot slot)
    {
        lock (_gate)
        {
            _free.Push((database, slot));
        }
    }
}
