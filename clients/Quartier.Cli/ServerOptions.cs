using System.CommandLine;
using System.Net.Http.Headers;
using Quartier.Client;

namespace Quartier.Cli;

/// <summary>Options that name a running server and a city in it.</summary>
internal static class ServerOptions
{
    /// <summary>Where the silo answers when nothing else is said.</summary>
    public const string DefaultServer = "http://127.0.0.1:8080";

    private const string ServerVariable = "QUARTIER_SERVER";

    /// <summary>A run of the retention and its verification answer when they are done: hours where there are tens of millions of readings to move.</summary>
    public static readonly TimeSpan WaitForRetention = TimeSpan.FromDays(1);

    /// <summary>A backup, a registry or a policy's approval answers when it is done, which in a large city takes minutes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Whoever is not there at all is told at once.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(15);

    public static Option<Uri> Server()
    {
        var option = new Option<Uri>("--server")
        {
            Description = $"The silo's HTTP address; default: the environment variable {ServerVariable}, or {DefaultServer}.",
            DefaultValueFactory = result => Read(Environment.GetEnvironmentVariable(ServerVariable) ?? DefaultServer, result.AddError),
        };
        option.CustomParser = result => Read(result.Tokens[0].Value, result.AddError);
        return option;
    }

    /// <summary>A command that asks a server for one thing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="work">How it asks and tells.</param>
    /// <param name="wait">How long the server may take; an hour when nothing is said.</param>
    public static Command Command(string name, string description, Func<QuartierClient, CancellationToken, Task<int>> work, TimeSpan? wait = null)
    {
        var server = Server();
        var command = new Command(name, description) { server };
        command.SetAction((arguments, cancellation) => CliErrors.GuardAsync(async () =>
        {
            using var http = Connect(arguments.GetValue(server)!);
            http.Timeout = wait ?? http.Timeout;
            return await work(new QuartierClient(http), cancellation).ConfigureAwait(false);
        }));
        return command;
    }

    public static Option<string?> City() => new("--city") { Description = "Id of the city; not needed where there is only one." };

    /// <summary>A connection that sends the key of <see cref="ServerKey"/>, if there is one.</summary>
    /// <exception cref="QuartierProblemException">A named key cannot be read, or would travel in plain text.</exception>
    public static HttpClient Connect(Uri server) => Connect(server, ServerKey.For(server));

    /// <summary>A connection that sends this key.</summary>
    public static HttpClient Connect(Uri server, string? key)
    {
        // A redirection must not carry the key elsewhere; the API has none.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectWithin }) { BaseAddress = server, Timeout = LongestWait };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    /// <summary>The city that was named, or the only one.</summary>
    /// <exception cref="QuartierProblemException">There is none, or there are several and none was named.</exception>
    public static async Task<string> ChooseCityAsync(QuartierClient client, string? named, CancellationToken cancellation)
    {
        if (named is not null)
        {
            return named;
        }

        var cities = await client.GetCitiesAsync(cancellation).ConfigureAwait(false);
        return cities.Count switch
        {
            1 => cities[0].Id,
            0 => throw new QuartierProblemException("No city is registered yet: apply one with 'quartier city apply FILE'.", status: null, []),
            _ => throw new QuartierProblemException(
                $"There are {cities.Count} cities: name one with --city: {string.Join(", ", cities.Select(city => city.Id))}.", status: null, []),
        };
    }

    private static Uri Read(string text, Action<string> addError)
    {
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        addError($"'{text}' is no address of a server like {DefaultServer}.");
        return new Uri(DefaultServer);
    }
}
