using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Retention;

namespace Quartier.Cli.Retention;

/// <summary><c>retention</c>: what expires, the nightly run, its certificates, and whether everything that should be gone is gone.</summary>
internal static class RetentionCommand
{
    /// <summary>Something that should be gone is there, or a certificate does not hold: an incident.</summary>
    private const int Incident = 2;

    public static Command Create() => new("retention", "Deletion of what has been kept for long enough, and its certificates.")
    {
        Status(), Run(), Certificates(), Verify(),
    };

    private static Command Status() => ServerOptions.Command(
        "status",
        "Show what expires within 30 days, the last run, and when the next is due; exit code 2 while an incident holds it up.",
        async (client, cancellation) => Write(await client.GetRetentionAsync(cancellation).ConfigureAwait(false)));

    private static Command Run() => ServerOptions.Command(
        "run",
        "Delete now what has expired, or complete the run that was interrupted.",
        async (client, cancellation) => Write(await client.RunRetentionAsync(cancellation).ConfigureAwait(false)),
        ServerOptions.WaitForRetention);

    private static Command Certificates()
    {
        var server = ServerOptions.Server();
        var city = new Option<string?>("--city") { Description = "Only of this city." };
        var district = new Option<string?>("--district") { Description = "Only of this district." };
        var command = new Command("certificates", "List certificates of deletion, newest first.") { server, city, district };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var found = await new QuartierClient(http)
                .GetCertificatesAsync(arguments.GetValue(city), arguments.GetValue(district), cancellation).ConfigureAwait(false);
            return await ListedLines.WriteAsync(found.Select(Describe), "There is no certificate: nothing of that has expired yet.").ConfigureAwait(false);
        }));
        return command;
    }

    private static Command Verify() => ServerOptions.Command(
        "verify",
        "Look into every place for anything that should be gone, and check each certificate; exit code 2 when something is found.",
        async (client, cancellation) =>
        {
            var found = await client.VerifyRetentionAsync(cancellation).ConfigureAwait(false);
            foreach (var place in found.Places)
            {
                Line($"  {place.Place,-24}{place.Examined,12:N0} looked at");
            }

            Line($"  {"certificates",-24}{found.Certificates,12:N0} checked");
            found.Findings.ToList().ForEach(finding => Line($"FOUND: {finding}"));
            Line(found.Sound ? (FormattableString)$"Nothing is left that should be gone, and every certificate holds." : $"THIS IS AN INCIDENT.");
            return found.Sound ? 0 : Incident;
        },
        ServerOptions.WaitForRetention);

    private static string Describe(Certificate certificate) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {certificate.Night}  {certificate.City}/{certificate.District}  {certificate.Readings:N0} readings, {certificate.RollUps:N0} roll-ups, {certificate.Moved:N0} moved, {certificate.Annotations:N0} annotations
            {(certificate.From is { } from ? $"from {from:u} to {certificate.To:u}" : "nothing deleted, only moved")}, policy {certificate.PolicyVersion ?? "none"}, ledger entry {certificate.LedgerIndex}
            sha256 {certificate.Digest}, manifest {certificate.ManifestDigest}
        """);

    private static int Write(RetentionReport report)
    {
        Line(report.Run is { } run ? (FormattableString)$"Last run {run.Night} by {run.By}: {run.Phase} {run.Ended:u}" : $"There was no run yet.");
        Line($"Next run {report.Next:u}");
        foreach (var district in report.Districts)
        {
            Line($"{district.City}/{district.District}: next expiry {district.NextExpiry}");
            foreach (var day in district.Days)
            {
                Line($"  {day.Day}{day.Readings,14:N0} readings{day.RollUps,12:N0} roll-ups");
            }
        }

        if ((report.Run?.Incident ?? report.Failure) is { } trouble)
        {
            Line($"INCIDENT: {trouble}");
        }

        return report.Run?.Incident is null && report.Failure is null ? 0 : Incident;
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
