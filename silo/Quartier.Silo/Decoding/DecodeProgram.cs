using System.Globalization;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Decoders;
using Quartier.Domain.Registry;
using Quartier.Domain.Time;

namespace Quartier.Silo.Decoding;

/// <summary>Tries a decoder on a recorded message, without any server and without storing anything.</summary>
internal static class DecodeProgram
{
    /// <summary>What to type.</summary>
    public const string Usage =
        """
        usage: decode --city FILE --gateway ID --topic TOPIC [--received TIME] PAYLOADFILE
          --city FILE       the registry file
          --gateway ID      whose message it is
          --topic TOPIC     below v1/{city}/{gateway}/, or as the device or a remote broker has it
          --received TIME   when it arrived, such as 2026-07-01T12:00:00Z (default: now)
          PAYLOADFILE       the message as it was recorded; - for standard input
        """;

    /// <summary>Largest message that is read: what the endpoint takes.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Runs it; 0 when something would be stored and nothing refused, 1 when something is refused, 2 when it cannot be tried.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        try
        {
            var (options, file) = Parse(args);
            var receivedMs = options.GetValueOrDefault("--received") is { } text ? Time(text) : time.GetUtcNow().ToUnixTimeMilliseconds();
            var (registry, problems) = Read(await File.ReadAllTextAsync(options["--city"]).ConfigureAwait(false), options["--city"]);
            if (registry is null)
            {
                await errors.WriteLineAsync(problems).ConfigureAwait(false);
                return 2;
            }

            if (registry.Gateway(options["--gateway"]) is not { } gateway)
            {
                await errors.WriteLineAsync($"There is no gateway '{options["--gateway"]}' in {options["--city"]}.").ConfigureAwait(false);
                return 2;
            }

            var payload = await PayloadAsync(file).ConfigureAwait(false);
            var result = DecoderTrial.Run(registry, gateway, options["--topic"], payload, receivedMs);
            await output.WriteAsync(Describe(result)).ConfigureAwait(false);
            return result.Refused.IsEmpty ? 0 : 1;
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }

    private static string Describe(TrialResult result)
    {
        var text = new StringBuilder();
        if (result.IsIgnored)
        {
            text.AppendLine("The topic is one that is passed over: acknowledged, and nothing of it counted.");
        }

        foreach (var (property, unit, sample) in result.Stored)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"stored   {result.Sensor}/{property}  {IsoTime.Format(sample.TimeMs)}  {sample.Value:R} {unit}");
        }

        foreach (var (reason, count, detail) in result.Refused)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"refused  {count} × {reason}: {detail}");
        }

        return text.ToString();
    }

    private static (RegistrySnapshot? Registry, string Problems) Read(string yaml, string file)
    {
        var reading = RegistryFile.Read(yaml);
        return reading.City is { } city
            ? (new(city, 1), string.Empty)
            : (null, string.Join(Environment.NewLine, reading.Problems.Select(p => $"{file}:{p.Line}:{p.Column}: {p.Message}")));
    }

    private static async Task<byte[]> PayloadAsync(string file)
    {
        var stream = file is "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            using var memory = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int read; (read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
            {
                await memory.WriteAsync(buffer, 0, read);
                if (memory.Length > MaxBytes)
                {
                    throw new ArgumentException($"{file} is longer than {MaxBytes} bytes, which is the longest message that is taken.");
                }
            }

            return memory.ToArray();
        }
    }

    private static long Time(string text) => IsoTime.TryParse(text.AsSpan(), out var ms)
        ? ms
        : throw new ArgumentException($"--received takes a time with Z or an offset, such as 2026-07-01T12:00:00Z, not '{text}'.");

    private static (Dictionary<string, string> Options, string File) Parse(IReadOnlyList<string> args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? file = null;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--city" or "--gateway" or "--topic" or "--received" && i + 1 < args.Count)
            {
                options[args[i]] = args[++i];
            }
            else if (file is null && (args[i] is "-" || !args[i].StartsWith('-')))
            {
                file = args[i];
            }
            else
            {
                throw new ArgumentException($"'{args[i]}' is not understood.{Environment.NewLine}{Usage}");
            }
        }

        return file is not null && options.ContainsKey("--city") && options.ContainsKey("--gateway") && options.ContainsKey("--topic")
            ? (options, file)
            : throw new ArgumentException(Usage);
    }
}
