using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Quartier.Engine.Registration;
using Quartier.Engine.Turns;

namespace Quartier.Engine;

/// <summary>The runtime: finds or makes the activation of a call, and lets idle ones go.</summary>
internal sealed class GrainEngine : IDisposable
{
    // A call that meets three activations on the way out is not worth a fourth try (Orleans forwards twice).
    private const int MostSendings = 2;

    private readonly ITimer _sweep;
    private volatile bool _isStopped;
    private volatile int _generation;

    public GrainEngine(
        IServiceProvider services,
        TimeProvider time,
        TurnScheduler scheduler,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ILogger<GrainEngine> log)
    {
        Services = services;
        Time = time;
        Scheduler = scheduler;
        Collection = collection.Value;
        MaxQueuedCalls = messaging.Value.MaxEnqueuedRequestsHardLimit is var limit and > 0 ? limit : int.MaxValue;
        Log = log;
        Lost = new LostCalls(log, time);
        Awaited = new AwaitedCalls(time, messaging.Value.ResponseTimeout);
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        OutgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        Directory = new GrainDirectory(this, ManifestLoader.Load());
        _sweep = EngineTimers.Create(time, static state => ((GrainEngine)state!).Sweep(), this);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public TurnScheduler Scheduler { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ActivationTimeout => Collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => Collection.DeactivationTimeout;

    public int MaxQueuedCalls { get; }

    public ILogger Log { get; }

    public LostCalls Lost { get; }

    public AwaitedCalls Awaited { get; }

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    public IOutgoingGrainCallFilter[] OutgoingFilters { get; }

    public GrainDirectory Directory { get; }

    /// <summary>Counts the sweeps. An activation notes the generation of its last use: a store instead of a look at the clock.</summary>
    public int Generation => _generation;

    public int ActivationCount => Directory.Kinds.Sum(kind => kind.Count);

    /// <summary>How many sweeps certainly span at least <paramref name="age"/>.</summary>
    public int GenerationsIn(TimeSpan age)
    {
        var sweeps = Math.Ceiling(age / Collection.CollectionQuantum) + 1;
        return age < TimeSpan.Zero || sweeps > int.MaxValue / 2 ? int.MaxValue / 2 : (int)sweeps;
    }

    public void Start()
    {
        EngineLog.Started(Log, Directory.Kinds.Count, Directory.InterfaceCount);
        _sweep.Change(Collection.CollectionQuantum, Collection.CollectionQuantum);
    }

    /// <summary>Hands the call to its activation, which is made when there is none.</summary>
    public void Dispatch(GrainCall call)
    {
        while (!_isStopped)
        {
            var activation = call.Target.FindOrCreate(out var created);
            if (created ? activation.Receive(call) : activation.Offer(call))
            {
                return;
            }
        }

        call.Fail(new SiloUnavailableException($"The engine has stopped; {call} did not run."));
    }

    /// <summary>Hands on a call that its activation did not begin before it ended.</summary>
    public void SendOn(GrainCall call)
    {
        if (call.IsBoundToActivation)
        {
            return;
        }

        if (++call.SentOn > MostSendings)
        {
            call.Fail(new OrleansMessageRejectionException($"{MostSendings + 1} activations in turn ended before {call} could begin."));
            return;
        }

        Dispatch(call);
    }

    /// <summary>Ends all activations, the ones made meanwhile included, then takes no further call.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _sweep.DisposeAsync().ConfigureAwait(false);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine stops.");
        while (!cancellationToken.IsCancellationRequested)
        {
            var activations = Directory.Kinds.SelectMany(kind => InOrder(kind.Activations)).ToArray();
            if (activations.Length == 0)
            {
                break;
            }

            var ended = Array.ConvertAll(activations, activation => activation.Deactivated);
            Array.ForEach(activations, activation => activation.Deactivate(reason, cancellationToken));
            Scheduler.Drain();
            await Task.WhenAny(Task.WhenAll(ended), Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken)).ConfigureAwait(false);
        }

        _isStopped = true;
        if (ActivationCount is var left and > 0)
        {
            EngineLog.StoppedEarly(Log, left);
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        _sweep.Dispose();
        Awaited.Dispose();
    }

    // A dictionary's order differs from run to run, which a deterministic run must not notice.
    private IEnumerable<Activation> InOrder(ICollection<Activation> activations) =>
        Scheduler.RunsInline ? activations : activations.OrderBy(activation => activation.Key, StringComparer.Ordinal);

    private void Sweep()
    {
        var generation = Interlocked.Increment(ref _generation);
        var collected = 0;
        foreach (var kind in Directory.Kinds)
        {
            foreach (var activation in InOrder(kind.Activations))
            {
                collected += activation.TryCollect(generation) ? 1 : 0;
            }
        }

        Lost.TellRest();
        EngineLog.Collected(Log, collected);
    }
}
