using Quartier.Client;
using Quartier.Client.Accounts;

namespace Quartier.Cli.Demo;

/// <summary>
/// Brings a sample city's policies into force. They take two persons: the administrator of the local key proposes, and an approver that is made
/// for it approves, with a key that ends with the work.
/// </summary>
/// <param name="administrator">Proposes, with the local key.</param>
/// <param name="server">Where the silo answers.</param>
/// <param name="time">Says until when the approver's key is good.</param>
/// <param name="city">Id of the city.</param>
/// <param name="files">The policy files, the city's own first.</param>
internal sealed class DemoPolicies(QuartierClient administrator, Uri server, TimeProvider time, string city, IReadOnlyList<string> files)
{
    private const string Approver = "demo-freigabe";

    /// <summary>Longer than approving some files takes, should revoking fail.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(1);

    /// <summary>Proposes and approves them; the second time nothing changes.</summary>
    /// <returns>How many came into force.</returns>
    public async Task<int> ApplyAsync(CancellationToken cancellation)
    {
        var key = await MakeApproverAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var http = ServerOptions.Connect(server, key.Key);
            var approver = new QuartierClient(http);
            var approved = 0;
            foreach (var file in files)
            {
                approved += await ApplyAsync(approver, file, cancellation).ConfigureAwait(false) ? 1 : 0;
            }

            return approved;
        }
        finally
        {
            await administrator.Accounts.RevokeKeyAsync(key.Item.Id, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> ApplyAsync(QuartierClient approver, string file, CancellationToken cancellation)
    {
        var yaml = await File.ReadAllBytesAsync(RepositoryFile.Find(file), cancellation).ConfigureAwait(false);
        var version = (await administrator.Policies.ProposeAsync(city, yaml, effective: null, cancellation).ConfigureAwait(false)).Version!;
        if (version.Standing != "proposed")
        {
            return false;
        }

        await approver.Policies.ApproveAsync(city, version.District, version.Version, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task<NewKey> MakeApproverAsync(CancellationToken cancellation)
    {
        var persons = await administrator.Accounts.GetPersonsAsync(cancellation).ConfigureAwait(false);
        if (persons.All(p => p.Id != Approver))
        {
            var person = new PersonChange { Id = Approver, Name = "Freigabe der Beispielstadt", Roles = ["approver"], Offices = [] };
            await administrator.Accounts.AddPersonAsync(person, cancellation).ConfigureAwait(false);
        }

        var until = time.GetUtcNow() + KeyLife;
        return await administrator.Accounts.CreateKeyAsync(new(Approver, null, null, until), cancellation).ConfigureAwait(false);
    }
}
