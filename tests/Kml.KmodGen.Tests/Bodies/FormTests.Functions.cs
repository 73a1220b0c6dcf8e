using Kml.Model;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.FormBuilder;
using static Kml.Model.EquatableArray;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>Functions, and what is given to them.</content>
public partial class FormTests
{
    [Fact]
    public void A_helper_with_a_loop_over_bits()
    {
        Method log = Function("Log2", ScalarType.I32, [Scalar("value")],
            new Let("bits", Num32(0)),
            new Loop(
                UInt("value").Op(BinaryOperator.Greater, Num(1)),
                false,
                Do(Var("value").Set(UInt("value").Op(BinaryOperator.ShiftRight, Num32(1))), Var("bits").Set(Int("bits").Plus(Num32(1)))),
                Do(),
                31,
                false),
            new Return(Int("bits")));
        Expression bucket = new FunctionCall(ScalarType.I32, Kml.Model.Function.Min, Of<Expression>(Calls(log, By(Sectors)), Num32(7)));
        Check(
            Update(
                [new("Buckets", Eight)],
                [log],
                new Let("bucket", bucket),
                Q.Dot("Buckets").At(Int("bucket"), 8).Set(Q.Dot("Buckets").At(Int("bucket"), 8).Get().Plus(Num(1)))),
            """
            /* Log2(value) */
            static inline s32 kml_t_m_log2(u32 m_value)
            {
            	s32 m_bits = 0;

            	while (m_value > 1) {
            		m_value >>= 1;
            		m_bits++;
            	}
            	return m_bits;
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	s32 m_bucket = kml_min_s32(kml_t_m_log2(e->sectors), 7);

            	state->m_buckets[m_bucket]++;
            	return 0;
            }
            """);
    }

    [Fact]
    public void A_helper_that_looks_for_the_largest()
    {
        Expression now = Var("values").At(Int("i"), 8).Get(), best = Var("values").At(Int("best"), 8).Get();
        Method largest = Function("Largest", ScalarType.I32, [In("values", Eight)],
            [
                new Let("best", Num32(0)),
                .. Count("i", 8, When(now.Op(BinaryOperator.Greater, best), Var("best").Set(Int("i")))),
                new Return(Int("best")),
            ]);
        Check(
            Update(
                [new("Last", Eight), new("Which", ScalarType.I32)],
                [largest],
                Q.Dot("Which").Set(Calls(largest, By(Q.Dot("Last"))))),
            """
            /* Largest(values) */
            static inline s32 kml_t_m_largest(const u32 m_values[8])
            {
            	s32 m_best = 0;
            	s32 m_i;

            	for (m_i = 0; m_i < 8; m_i++) {
            		if (m_values[m_i] > m_values[m_best])
            			m_best = m_i;
            	}
            	return m_best;
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	(void)e;
            	state->m_which = kml_t_m_largest(state->m_last);
            	return 0;
            }
            """);
    }

    [Fact]
    public void A_helper_that_writes_what_it_is_given()
    {
        Method note = Function("Note", null, [Ref("count", U32), Ref("longest", U32), Scalar("value")],
            Var("count").Set(UInt("count").Plus(Num(1))),
            When(UInt("value").Op(BinaryOperator.LessOrEqual, UInt("longest")), new Return(null)),
            Var("longest").Set(UInt("value")));
        Check(
            Update(
                [new("Count", ScalarType.U32), new("Longest", ScalarType.U32)],
                [note],
                new Evaluate(Calls(note, By(Q.Dot("Count")), By(Q.Dot("Longest")), By(Sectors)))),
            """
            /* Note(count, longest, value) */
            static inline void kml_t_m_note(u32 *m_count, u32 *m_longest, u32 m_value)
            {
            	(*m_count)++;
            	if (m_value <= *m_longest)
            		return;
            	*m_longest = m_value;
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	kml_t_m_note(&state->m_count, &state->m_longest, e->sectors);
            	return 0;
            }
            """);
    }

    [Fact]
    public void A_helper_that_can_fault()
    {
        Method mean = Function("Mean", ScalarType.U32, [In("values", Eight), Scalar("count", ScalarType.I32)],
            new Let("sum", Num(0)),
            new Let("i", Num32(0)),
            new Loop(
                Int("i").Below(Int("count")),
                false,
                Do(Var("sum").Set(UInt("sum").Plus(Var("values").At(Int("i"), 8).Get()))),
                Do(Var("i").Set(Int("i").Plus(Num32(1)))),
                64,
                true),
            new Return(UInt("sum").Op(BinaryOperator.Divide, Int("count").As(ScalarType.U32))));
        Check(
            Update(
                [new("Last", Eight), new("Mean", ScalarType.U32), new("Count", ScalarType.I32)],
                [mean],
                Q.Dot("Mean").Set(Calls(mean, By(Q.Dot("Last")), By(Q.Dot("Count").Get(ScalarType.I32))))),
            """
            /* Mean(values, count) */
            static inline u32 kml_t_m_mean(const u32 m_values[8], s32 m_count, int *fault)
            {
            	u32 m_sum = 0;
            	u32 turns = 0;
            	s32 m_i;

            	for (m_i = 0; m_i < m_count; m_i++) {
            		if (turns == 64) {
            			*fault = KML_FAULT_BOUND;
            			return 0;
            		}
            		turns++;
            		m_sum += m_values[kml_index(m_i, 8, fault)];
            		if (*fault)
            			return 0;
            	}
            	return kml_div_u32(m_sum, (u32)m_count, fault);
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	int fault = 0;
            	u32 next = kml_t_m_mean(state->m_last, state->m_count, &fault);

            	(void)e;
            	if (fault)
            		return fault;
            	state->m_mean = next;
            	return 0;
            }
            """);
    }

    [Fact]
    public void A_table_and_a_part_of_an_array()
    {
        TablePlace costs = new("Costs", ScalarType.U32, Of<ulong>(1, 2, 4, 8));
        Method first = Function("Larger", ScalarType.U32, [In("two", new ArrayData(U32, 2))],
            new Return(new FunctionCall(ScalarType.U32, Kml.Model.Function.Max, Of<Expression>(
                Var("two").At(Num32(0), 2).Get(),
                Var("two").At(Num32(1), 2).Get()))));
        Check(
            Update(
                [new("Cost", ScalarType.U32), new("Last", Eight)],
                [first],
                Q.Dot("Cost").Set(costs.At(Sectors.Op(BinaryOperator.And, Num(3)).As(ScalarType.I32), 4).Get()
                    .Plus(Calls(first, By(new SlicePlace(Q.Dot("Last"), 6, 2)))))),
            """
            static const u32 kml_t_m_costs_table[4] = { 1, 2, 4, 8 };

            /* Larger(two) */
            static inline u32 kml_t_m_larger(const u32 m_two[2])
            {
            	return kml_max_u32(m_two[0], m_two[1]);
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	state->m_cost = kml_t_m_costs_table[(s32)(e->sectors & 3)] +
            			kml_t_m_larger(&state->m_last[6]);
            	return 0;
            }
            """);
    }
}
