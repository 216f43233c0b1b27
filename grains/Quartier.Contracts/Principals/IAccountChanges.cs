namespace Quartier.Contracts.Principals;

/// <summary>The port behind which it rests who could act as whom: of each pair the last time, as long as <see cref="AccountLimits.ChangesCount"/>.</summary>
public interface IAccountChanges
{
    /// <summary>Notes a change before it is made; forgets those that count no longer. Durable on return.</summary>
    /// <exception cref="Readings.StoreException">The disk refused; the change must not be made.</exception>
    ValueTask NoteAsync(AccountChange change, CancellationToken cancellationToken);

    /// <summary>The changes since a time.</summary>
    ValueTask<IReadOnlyList<AccountChange>> SinceAsync(long fromMs, CancellationToken cancellationToken);
}
