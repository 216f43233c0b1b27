using Quartier.Client;
using Quartier.Client.Accounts;

namespace Quartier.Cli.Demo;

/// <summary>
/// Brings the sample city's policies into force. They take two persons: the administrator of the local key proposes, and an approver that is made
/// for it approves, with a key that ends with the work.
/// </summary>
internal sealed class DemoPolicies(QuartierClient administrator, Uri server, TimeProvider time)
{
    private const string Approver = "demo-freigabe";

    /// <summary>Longer than approving some files takes, should revoking fail.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(1);

    private static readonly string[] Files =
    [
        "deploy/sample-city/policies/muenster.yaml",
        "deploy/sample-city/policies/mitte.yaml",
        "deploy/sample-city/policies/hiltrup.yaml",
    ];

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
            foreach (var file in Files)
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
        var version = (await administrator.Policies.ProposeAsync(SampleCity.Id, yaml, effective: null, cancellation).ConfigureAwait(false)).Version!;
        if (version.Standing != "proposed")
        {
            return false;
        }

        await approver.Policies.ApproveAsync(SampleCity.Id, version.District, version.Version, cancellation).ConfigureAwait(false);
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
