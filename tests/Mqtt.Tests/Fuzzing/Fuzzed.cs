using System.Globalization;
using Mqtt.Tests.Wire;

namespace Mqtt.Tests.Fuzzing;

/// <summary>
/// Codec and session state machine under mutated packets. QUARTIER_FUZZ_INPUTS asks for a longer run, QUARTIER_FUZZ_SEED for other inputs:
/// <c>./quartier fuzz --inputs 10000000</c>.
/// </summary>
public sealed class Fuzzed
{
    /// <summary>Some seconds' worth.</summary>
    private const int FewInputs = 5_000;

    /// <summary>A fresh endpoint now and then, so that a state which ends early does not hide the rest.</summary>
    private const int InputsPerEndpoint = 1_000;

    /// <summary>A long run says now and then how far it has come.</summary>
    private const int InputsPerLine = 100_000;

    [Fact]
    public async Task No_input_makes_the_endpoint_fail_hang_or_grow()
    {
        var inputs = Setting("QUARTIER_FUZZ_INPUTS", FewInputs);
        var seed = Setting("QUARTIER_FUZZ_SEED", 20_261_128);
        var mutator = new Mutator(new Random(seed), Seeds());
        var settled = 0L;
        for (var done = 0; done < inputs;)
        {
            using var endpoint = new FuzzedEndpoint();
            for (var i = 0; i < InputsPerEndpoint && done < inputs; i++, done++)
            {
                var input = mutator.Next();
                try
                {
                    await endpoint.SendAsync(input);
                }
                catch (Exception failure)
                {
                    Assert.Fail($"Input {done} of seed {seed}, {Convert.ToHexString(input)}: {failure}");
                }
            }

            await endpoint.CheckBoundsAsync();
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            settled = settled == 0 ? heap : settled;
            Assert.True(heap < settled + (64 << 20), $"After {done} inputs of seed {seed} {heap:N0} bytes are in use, {settled:N0} were after the first {InputsPerEndpoint}.");
            if (done % InputsPerLine == 0 || done == inputs)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{done} of {inputs} inputs of seed {seed}, {heap} bytes in use");
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static List<byte[]> Seeds() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fuzzing", "seeds.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Bytes.Hex(line[line.IndexOf(' ')..])),
    ];
}
