using Orleans;
using Quartier.Engine.Timers;

namespace Quartier.Engine.Turns;

/// <summary>What only few activations need; made on first use so that the others stay small.</summary>
internal sealed class ActivationDetails
{
    private readonly Lock _timersLock = new();
    private Dictionary<Guid, int>? _sections;
    private List<GrainTimer>? _timers;
    private TaskCompletionSource? _ended;

    /// <summary>Why the activation is to end; null when it is not.</summary>
    public DeactivationReason? EndReason { get; set; }

    /// <summary>Not collected before this generation.</summary>
    public long KeepUntil { get; set; }

    public TaskCompletionSource Ended
    {
        get
        {
            if (_ended is null)
            {
                Interlocked.CompareExchange(ref _ended, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
            }

            return _ended;
        }
    }

    public TaskCompletionSource? EndedIfAsked => _ended;

    public bool HasSections => _sections is { Count: > 0 };

    public bool IsInSection(Guid id) => _sections is not null && _sections.ContainsKey(id);

    public void EnterSection(Guid id)
    {
        _sections ??= [];
        _sections[id] = _sections.GetValueOrDefault(id) + 1;
    }

    public void LeaveSection(Guid id)
    {
        if (_sections is null || !_sections.TryGetValue(id, out var depth))
        {
            return;
        }

        if (depth == 1)
        {
            _sections.Remove(id);
        }
        else
        {
            _sections[id] = depth - 1;
        }
    }

    public void Add(GrainTimer timer)
    {
        lock (_timersLock)
        {
            (_timers ??= []).Add(timer);
        }
    }

    public void Remove(GrainTimer timer)
    {
        lock (_timersLock)
        {
            _timers?.Remove(timer);
        }
    }

    /// <summary>Takes out all timers; the caller stops them.</summary>
    public List<GrainTimer> TakeTimers()
    {
        lock (_timersLock)
        {
            var all = _timers ?? [];
            _timers = null;
            return all;
        }
    }
}
