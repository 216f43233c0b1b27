using System.CommandLine;
using System.Globalization;
using Quartier.Client;
using Quartier.Client.Books;

namespace Quartier.Cli;

/// <summary><c>books</c>: what arrived and what became of it.</summary>
internal static class BooksCommand
{
    /// <summary>The sums disagree: an incident.</summary>
    private const int Unbalanced = 2;

    public static Command Create()
    {
        var server = ServerOptions.Server();
        var city = ServerOptions.City();
        var command = new Command("books", "Show what arrived and what became of it: received = stored + duplicate + refused.") { server, city };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = ServerOptions.Connect(arguments.GetValue(server)!);
            var client = new QuartierClient(http);
            var id = await ServerOptions.ChooseCityAsync(client, arguments.GetValue(city), cancellation).ConfigureAwait(false);
            var books = await client.GetBooksAsync(id, cancellation).ConfigureAwait(false);
            Write(Console.Out, books);
            return books.Balanced ? 0 : Unbalanced;
        }));
        return command;
    }

    /// <summary>Writes the books as a table.</summary>
    public static void Write(TextWriter output, CityBooks books)
    {
        output.WriteLine($"  {"",-40}{"received",12}{"stored",12}{"duplicate",12}{"refused",12}");
        Line(output, "city", books.Received, books.Stored, books.Duplicate, books.Refused);
        foreach (var district in books.Districts)
        {
            Line(output, "district " + district.Id, district.Received, district.Stored, district.Duplicate, district.Refused);
        }

        foreach (var gateway in books.Gateways)
        {
            Line(output, "gateway " + gateway.Id, gateway.Received, gateway.Stored, gateway.Duplicate, gateway.Refused);
        }

        foreach (var (reason, count) in books.Refused.Where(refused => refused.Value > 0))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"refused: {count:N0} {reason}"));
        }

        foreach (var stranger in books.Strangers)
        {
            output.WriteLine($"not taken: {stranger.Gateway}/{stranger.Sensor}: {stranger.Count} times {stranger.Reason}, last {stranger.Last:u}. {stranger.Detail}");
        }

        output.WriteLine(books.Balanced ? "The books balance." : "THE BOOKS DO NOT BALANCE: this is an incident; see docs on books.");
    }

    private static void Line(
        TextWriter output, string name, long received, long stored, long duplicate, IReadOnlyDictionary<string, long> refused) =>
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {name,-40}{received,12:N0}{stored,12:N0}{duplicate,12:N0}{refused.Values.Sum(),12:N0}"));
}
