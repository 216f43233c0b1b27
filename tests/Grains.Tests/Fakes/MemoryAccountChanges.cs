using Quartier.Contracts.Principals;

namespace Grains.Tests.Fakes;

/// <summary>Who could act as whom, in memory.</summary>
internal sealed class MemoryAccountChanges : IAccountChanges
{
    public List<AccountChange> All { get; } = [];

    public ValueTask NoteAsync(AccountChange change, CancellationToken cancellationToken)
    {
        All.Add(change);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AccountChange>> SinceAsync(long fromMs, CancellationToken cancellationToken) => new([.. All.Where(c => c.TimeMs >= fromMs)]);
}
