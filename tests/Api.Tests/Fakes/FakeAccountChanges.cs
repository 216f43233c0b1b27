using Quartier.Contracts.Principals;

namespace Api.Tests.Fakes;

/// <summary>Remembers what was noted.</summary>
internal sealed class FakeAccountChanges : IAccountChanges
{
    public List<AccountChange> Noted { get; } = [];

    public ValueTask NoteAsync(AccountChange change, CancellationToken cancellationToken)
    {
        Noted.Add(change);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AccountChange>> SinceAsync(long fromMs, CancellationToken cancellationToken) => new([.. Noted.Where(c => c.TimeMs >= fromMs)]);
}
