using ActorImaging.Imaging.Jpeg;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Tests.Imaging.Jpeg;

/// <summary>The inverse transforms against their definition, and against each other.</summary>
public sealed class InverseTransformSpecs
{
    private const int Stride = 24;
    private const byte Guard = 0xA5;

    /// <summary>
    /// A sample of the smaller blocks is the mean of those that it stands for, which is what libjpeg's constants come from; its fixed point is off by one
    /// level at the most where nothing is cut off.
    /// </summary>
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void Should_be_within_a_level_of_the_definition(int samples)
    {
        var random = new Random(3);
        for (var trial = 0; trial < 500; trial++)
        {
            var (coefficients, steps) = (new short[128], Enumerable.Repeat((short)1, 128).ToArray());
            for (var times = random.Next(20); times > 0; times--)
            {
                coefficients[random.Next(128)] = (short)random.Next(-60, 60);
            }

            var actual = Run(coefficients, steps, samples, LaneWidth.Wide);
            for (var block = 0; block < 2; block++)
            {
                var expected = Define(coefficients.AsSpan(block * 64, 64), samples);
                Assert.All(expected.Index(), sample => Assert.Equal(sample.Item, actual[block][sample.Index], tolerance: samples is 8 or 1 ? 1 : 4));
            }
        }
    }

    /// <summary>Also of numbers that no picture has.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void Should_make_the_same_at_every_width(int samples)
    {
        var random = new Random(4);
        for (var trial = 0; trial < 3000; trial++)
        {
            var range = trial % 3 == 0 ? short.MaxValue : 900;
            var coefficients = Enumerable.Range(0, 128).Select(_ => random.Next(3) == 0 ? (short)random.Next(-range - 1, range + 1) : (short)0).ToArray();
            var steps = Enumerable.Range(0, 128).Select(_ => (short)random.Next(1, trial % 2 == 0 ? 256 : 65536)).ToArray();

            var narrow = Run(coefficients, steps, samples, LaneWidth.Narrow);
            var wide = Run(coefficients, steps, samples, LaneWidth.Wide);
            Assert.Equal(narrow[0], wide[0]);
            Assert.Equal(narrow[1], wide[1]);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public unsafe void Should_make_the_same_of_a_dc_coefficient_alone(int samples)
    {
        for (var dc = -1100; dc < 1100; dc++)
        {
            var (coefficients, steps) = (new short[128], Enumerable.Repeat((short)1, 128).ToArray());
            (coefficients[0], coefficients[64]) = ((short)dc, (short)(dc / 3));
            var expected = Run(coefficients, steps, samples, LaneWidth.Narrow);
            var output = Output();
            fixed (byte* to = output)
            fixed (short* from = coefficients, by = steps)
            {
                InverseTransform.RunDcOnly(from, by, samples, new BlockPlaces(to + Stride, Stride, to + Stride + 12, Stride));
            }

            Assert.Equal(expected[0], Take(output, 0, samples));
            Assert.Equal(expected[1], Take(output, 12, samples));
        }
    }

    private static byte[] Output() => [.. Enumerable.Repeat(Guard, Stride * 10)];

    /// <summary>The samples of both blocks; nothing beside them may have been written.</summary>
    private static unsafe byte[][] Run(short[] coefficients, short[] steps, int samples, LaneWidth width)
    {
        var output = Output();
        fixed (byte* to = output)
        fixed (short* from = coefficients, by = steps)
        {
            InverseTransform.Run(from, by, samples, new BlockPlaces(to + Stride, Stride, to + Stride + 12, Stride), width);
        }

        byte[][] blocks = [Take(output, 0, samples), Take(output, 12, samples)];
        Assert.All(output, sample => Assert.Equal(Guard, sample));
        return blocks;
    }

    private static byte[] Take(byte[] output, int column, int samples)
    {
        var taken = new byte[samples * samples];
        for (var at = 0; at < taken.Length; at++)
        {
            var place = ((1 + (at / samples)) * Stride) + column + (at % samples);
            (taken[at], output[place]) = (output[place], Guard);
        }

        return taken;
    }

    /// <summary>ITU-T T.81, A.3.3, and the mean.</summary>
    private static double[] Define(ReadOnlySpan<short> coefficients, int samples)
    {
        var (made, each) = (new double[samples * samples], 8 / samples);
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
            {
                var sum = 0.0;
                for (var at = 0; at < 64; at++)
                {
                    var (v, u) = Math.DivRem(at, 8);
                    sum += coefficients[at] * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4
                        * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                }

                made[(y / each * samples) + (x / each)] += sum / (each * each);
            }
        }

        return [.. made.Select(value => Math.Clamp(value + 128, 0, 255))];
    }
}
