using System.CommandLine;
using Quartier.Client;

namespace Quartier.Cli;

/// <summary>
/// The key that every command sends: named by <c>--key</c>, the environment or <c>--key-file</c>, or the local key of a silo on this machine. A key
/// never travels in plain text beyond the machine, and the local key never leaves it.
/// </summary>
internal static class ServerKey
{
    /// <summary>The environment variable that holds a key; other users see arguments, but not it.</summary>
    public const string Variable = "QUARTIER_KEY";

    /// <summary>The file in a silo's data directory that holds its local key.</summary>
    public const string LocalFileName = "local-key";

    private const string HomeVariable = "QUARTIER_HOME";

    private static string? s_named;
    private static string? s_file;

    /// <summary><c>--key</c>, for every command.</summary>
    public static Option<string?> Option { get; } = new("--key")
    {
        Description = $"API key; better in the environment variable {Variable}, which other users of the machine do not see.",
        Recursive = true,
    };

    /// <summary><c>--key-file</c>, for every command.</summary>
    public static Option<string?> FileOption { get; } = new("--key-file")
    {
        Description = "File that holds the API key; default: local-key in ./data/city, for a silo on this machine.",
        Recursive = true,
    };

    /// <summary>Takes note of what the command line says.</summary>
    public static void Use(ParseResult arguments) => (s_named, s_file) = (arguments.GetValue(Option), arguments.GetValue(FileOption));

    /// <summary>The key for a server; null when there is none.</summary>
    /// <exception cref="QuartierProblemException">A named file cannot be read, or the key would travel in plain text beyond the machine.</exception>
    public static string? For(Uri server)
    {
        var named = s_named ?? Environment.GetEnvironmentVariable(Variable) ?? (s_file is null ? null : Read(s_file));
        if (string.IsNullOrWhiteSpace(named))
        {
            return server.IsLoopback ? Local() : null;
        }

        return server.IsLoopback || server.Scheme == Uri.UriSchemeHttps
            ? named.Trim()
            : throw new QuartierProblemException(
                $"A key is not sent to {server} in plain text, where others can read it. Use https, or a tunnel that ends on the machine.", null, []);
    }

    /// <summary>The key in a file.</summary>
    /// <exception cref="QuartierProblemException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new QuartierProblemException(
                $"The key file {path} cannot be read: {exception.Message} Run the command as the user of the silo, or name a key with {Variable}.",
                null,
                [],
                exception);
        }
    }

    private static string? Local()
    {
        string?[] homes = [Environment.CurrentDirectory, Environment.GetEnvironmentVariable(HomeVariable)];
        var file = homes.OfType<string>().Select(h => Path.Combine(h, "data", "city", LocalFileName)).FirstOrDefault(File.Exists);
        return file is null ? null : Read(file);
    }
}
