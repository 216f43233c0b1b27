using System.CommandLine;
using Quartier.Client;
using Quartier.Client.Decisions;

namespace Quartier.Cli.Reading;

/// <summary><c>why</c>: explains who may read what, and why.</summary>
internal static class WhyCommand
{
    /// <summary>The decision is a denial.</summary>
    private const int Denied = 2;

    public static Command Create()
    {
        var principal = new Argument<string>("PRINCIPAL") { Description = "public, me, person:ID, office:ID, role:WORD or contract:ID." };
        var purpose = new Argument<string>("PURPOSE") { Description = "Id of the purpose; '-' when none is stated." };
        var stream = new Argument<string>("STREAM") { Description = "gateway/sensor/property." };
        var resolution = new Option<string?>("--resolution") { Description = "raw, minute, quarter, hour, day, week or month; default: raw." };
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("why", "Explain a decision: who may read a datastream for a purpose, step by step. Exit code 2 when it is denied.")
        {
            principal, purpose, stream, resolution, server, city,
        };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            var question = new DecisionQuestion(
                arguments.GetValue(principal) is "me" ? null : arguments.GetValue(principal),
                arguments.GetValue(purpose) is "-" ? null : arguments.GetValue(purpose),
                arguments.GetValue(stream)!,
                arguments.GetValue(resolution));
            var decision = await client.WhyAsync(id, question, cancellation).ConfigureAwait(false);
            Write(Console.Out, decision);
            return decision.Permitted ? 0 : Denied;
        }));
        return command;
    }

    /// <summary>Writes the steps, and the decision last.</summary>
    public static void Write(TextWriter output, Decision decision)
    {
        output.WriteLine($"{decision.Principal} reads {decision.Stream} ({decision.Resolution}) for {decision.Purpose ?? "no purpose"}, district {decision.District}:");
        foreach (var step in decision.Steps.Where(s => s.Step != "decision"))
        {
            output.WriteLine($"  {(step.Passed ? "+" : "-")} {step.Step,-13} {step.Subject,-24} {step.Text.En}");
        }

        output.WriteLine(decision.Permitted ? "PERMITTED" : $"DENIED: {decision.Reason}");
        output.WriteLine($"  {decision.Explanation.En}");
        output.WriteLine($"  {decision.Explanation.De}");
    }
}
