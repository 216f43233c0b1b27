namespace Quartier.Engine.Deterministic;

/// <summary>
/// Runs an engine on the calling thread: every turn in an order drawn from the seed, time only when it is advanced. Equal seeds and equal
/// inputs give equal runs, as long as grains and ports wait for nothing outside: no I/O, no thread pool, no system clock.
/// Not thread-safe.
/// </summary>
public sealed class DeterministicDriver
{
    // Code that waits longer than this in simulated time waits for something that never comes.
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromHours(1);

    private readonly DriverContext _context;

    /// <summary>A driver with its seed and the time at which its clock begins; 2026-01-01 UTC by default.</summary>
    public DeterministicDriver(int seed, DateTimeOffset? start = null)
    {
        Seed = seed;
        Clock = new ManualTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Scheduler = new DeterministicTurnScheduler(seed);
        _context = new DriverContext(Scheduler);
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The clock of everything that the driver runs.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>How many turns were run so far.</summary>
    public long Turns { get; private set; }

    internal DeterministicTurnScheduler Scheduler { get; }

    /// <summary>Runs turns until none is runnable. Time stands still.</summary>
    public void RunUntilIdle()
    {
        bool ran;
        do
        {
            ran = RunOne();
        }
        while (ran);
    }

    /// <summary>Lets time pass: fires every timer on its time, each followed by all the turns that it causes.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = Clock.GetUtcNow() + span;
        RunUntilIdle();
        while (Clock.FireNext(end))
        {
            RunUntilIdle();
        }
    }

    /// <summary>
    /// Runs asynchronous code among the turns and waits for it. When nothing is runnable, time goes on to the next timer, for at most
    /// <paramref name="patience"/> (one hour by default).
    /// </summary>
    /// <exception cref="TimeoutException">The code waits for something that does not come.</exception>
    public void Run(Func<Task> body, TimeSpan? patience = null)
    {
        var end = Clock.GetUtcNow() + (patience ?? DefaultPatience);
        var running = Begin(body);
        while (!running.IsCompleted)
        {
            if (!RunOne() && (!Clock.FireNext(end) || Clock.GetUtcNow() >= end))
            {
                throw new TimeoutException($"Nothing is left to run until {end:O}, but the code still waits (seed {Seed}).");
            }
        }

        running.GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Run(Func{Task}, TimeSpan?)"/>, with a result.</summary>
    public T Run<T>(Func<Task<T>> body, TimeSpan? patience = null)
    {
        Task<T>? running = null;
        Func<Task> withoutResult = () => running = body();
        Run(withoutResult, patience);
        return running!.GetAwaiter().GetResult();
    }

    private Task Begin(Func<Task> body)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            return body();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool RunOne()
    {
        var ran = Scheduler.RunOne();
        Turns += ran ? 1 : 0;
        return ran;
    }
}
