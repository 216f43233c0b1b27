using Orleans.Runtime;
using Quartier.Engine.Registration;

namespace Quartier.Engine.Turns;

/// <summary>
/// A grain in memory. At any moment at most one thread owns it, and only the owner runs its turns and touches its fields, so there is no
/// lock: others push work to the inbox and, when nobody owns the activation, schedule it. It is the synchronization context of its turns,
/// so that what follows an <c>await</c> comes back as a turn. An idle activation is this one object.
/// </summary>
internal sealed partial class Activation : SynchronizationContext, IGrainContext, IThreadPoolWorkItem
{
    private readonly GrainKind _kind;
    private object? _grain;
    private ActivationDetails? _details;
    private ActivationPassage? _passage;

    public Activation(GrainKind kind, string key)
    {
        _kind = kind;
        Key = key;
        _state = Owned;
        _lastUsed = kind.Engine.Generation;
    }

    public string Key { get; }

    public GrainKind Kind => _kind;

    public GrainEngine Engine => _kind.Engine;

    public GrainId GrainId => new(_kind.GrainType, new IdSpan(Key));

    public GrainReference GrainReference => _kind.OwnReference(Key);

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices => Engine.Services;

    public ActivationPhase Phase => _phase;

    public Task Deactivated
    {
        get
        {
            if (_phase == ActivationPhase.Dead)
            {
                return Task.CompletedTask;
            }

            var ended = Details.Ended;
            if (_phase == ActivationPhase.Dead)
            {
                // Died meanwhile, perhaps before it saw the source.
                ended.TrySetResult();
            }

            return ended.Task;
        }
    }

    public ActivationDetails Details => _details ?? Interlocked.CompareExchange(ref _details, new ActivationDetails(), null) ?? _details;

    /// <summary>For the owner, while the activation begins or ends.</summary>
    public ActivationPassage Passage => _passage ??= new();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"{GrainId} ({_phase})";

    public void EnterReentrantSection(Guid id) => Details.EnterSection(id);

    public void LeaveReentrantSection(Guid id) => Details.LeaveSection(id);

    /// <summary>Queues the rest of an asynchronous method of the grain.</summary>
    public override void Post(SendOrPostCallback d, object? state) => Push(new Continuation(d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A grain's turn cannot be waited for by blocking a thread; await it.");

    public override SynchronizationContext CreateCopy() => this;
}
