using ActorImaging.Tasks;

namespace ActorImaging.Imaging;

/// <summary>The article's noise: each channel is a random number below 128 plus half of the tint, cut to a byte.</summary>
/// <param name="tint">The colour.</param>
/// <param name="seed">What the random numbers start from: equal seeds make equal pixels, on every machine.</param>
internal sealed class TintedNoise(RgbColor tint, ulong seed)
{
    /// <summary>Red, green, blue.</summary>
    public const int Channels = 3;

    private const int NoiseRange = 128;

    private SplitMix64 _random = new(seed);

    /// <summary>Fills the next pixels, interleaved.</summary>
    public void Fill(Span<byte> pixels)
    {
        var (red, green, blue) = (tint.Red / 2.0, tint.Green / 2.0, tint.Blue / 2.0);
        for (var at = 0; at + 2 < pixels.Length; at += Channels)
        {
            pixels[at] = (byte)(int)((_random.NextUnit() * NoiseRange) + red);
            pixels[at + 1] = (byte)(int)((_random.NextUnit() * NoiseRange) + green);
            pixels[at + 2] = (byte)(int)((_random.NextUnit() * NoiseRange) + blue);
        }
    }

    /// <summary>The generator SplitMix64 of Steele, Lea and Flood (2014), written out because System.Random promises no sequence.</summary>
    private struct SplitMix64(ulong seed)
    {
        private const double UnitPerStep = 1.0 / (1UL << 53);

        private ulong _state = seed;

        /// <summary>The next number from 0 to below 1.</summary>
        public double NextUnit()
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return ((mixed ^ (mixed >> 31)) >> 11) * UnitPerStep;
        }
    }
}
