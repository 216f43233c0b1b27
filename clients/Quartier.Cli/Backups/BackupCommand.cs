using System.CommandLine;
using System.Globalization;
using Quartier.Client.Backups;

namespace Quartier.Cli.Backups;

/// <summary><c>backup</c>: copies of everything that is stored, each with its own expiry.</summary>
internal static class BackupCommand
{
    private const int Unsound = 2;

    public static Command Create() => new("backup", "Copies of everything that is stored, in the directory that the silo was started with (--backups DIR).")
    {
        ServerOptions.Command("make", "Make a backup while the silo is running.", async (client, cancellation) =>
            Write([await client.MakeBackupAsync(cancellation).ConfigureAwait(false)], string.Empty)),
        ServerOptions.Command("list", "List backups with the day on which each expires.", async (client, cancellation) =>
            Write(await client.GetBackupsAsync(cancellation).ConfigureAwait(false), "There is no backup.")),
        ServerOptions.Command("prune", "Remove backups that have expired; recorded in the ledger.", async (client, cancellation) =>
            Write(await client.PruneBackupsAsync(cancellation).ConfigureAwait(false), "No backup has expired.")),
        ServerOptions.Command("verify", "Compare every file with its manifest; exit code 2 when one does not hold.", async (client, cancellation) =>
        {
            var found = await client.VerifyBackupsAsync(cancellation).ConfigureAwait(false);
            found.Findings.ToList().ForEach(Console.Out.WriteLine);
            await Console.Out.WriteLineAsync(found.Sound ? "Every backup is what its manifest says." : "NOT ALL BACKUPS HOLD.").ConfigureAwait(false);
            return found.Sound ? 0 : Unsound;
        }),
    };

    private static int Write(IReadOnlyList<Backup> backups, string none)
    {
        foreach (var backup in backups)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{backup.Name}  made {backup.Made:u}  expires {backup.Expires}  {backup.Files:N0} files, {backup.Bytes:N0} bytes"));
        }

        if (backups.Count == 0)
        {
            Console.Out.WriteLine(none);
        }

        return 0;
    }
}
