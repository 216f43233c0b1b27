using Quartier.Contracts.Principals;
using Quartier.Storage.Cities;

namespace Quartier.Storage.Accounts;

/// <summary>Who could act as whom, in city.db.</summary>
internal sealed class AccountChanges(CityDatabase city) : IAccountChanges
{
    /// <inheritdoc/>
    public ValueTask NoteAsync(AccountChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(city.WriteAsync(database =>
        {
            database.Prepare("DELETE FROM account_change WHERE changed_ms < ?")
                .Bind(1, change.TimeMs - (long)AccountLimits.ChangesCount.TotalMilliseconds).Execute();
            database.Prepare("INSERT OR REPLACE INTO account_change (person, changed_by, changed_ms) VALUES (?, ?, ?)")
                .Bind(1, change.Person).Bind(2, change.By).Bind(3, change.TimeMs).Execute();
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountChange>> SinceAsync(long fromMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<AccountChange>>(city.Read(database =>
        {
            var changes = new List<AccountChange>();
            using var rows = database.Prepare("SELECT person, changed_by, changed_ms FROM account_change WHERE changed_ms >= ? ORDER BY person, changed_by").Bind(1, fromMs).Run();
            while (rows.Next())
            {
                changes.Add(new(rows.Text(0), rows.Text(1), rows.Int64(2)));
            }

            return changes;
        }));
    }
}
