package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"banshi/generator/internal/synth"
)

func newSynth() *cobra.Command {
	var o synth.Options
	var guides int
	var from string
	cmd := &cobra.Command{
		Use:   "synth DIR",
		Short: "造一个任意大小的省，测速用 / make a province of any size for benchmarks",
		Long: `在 DIR（要空的）造一个省：事项、标准、地方、各地记录，形状像真的，内容全是造的，只用来测速。
同样的参数造出同样的文件。不到 180 个地方时，每个市县每件事都办；更多时有乡镇，事项分到省、市、县、乡四级。

Make a province in the real shape in DIR (empty or new), deterministic by seed, for benchmarks only. Up to 179 places every city and
county takes on every item; above there are townships, and items are spread over the four levels.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if guides > 0 {
				distinct := o.Distinct
				o = synth.ForGuides(guides, o.Seed)
				o.Distinct = distinct
			}
			if err := mustBeEmpty(args[0]); err != nil {
				return err
			}
			if err := synth.Write(args[0], from, o); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s：事项 %d，地方 %d，指南 %d\n", args[0], o.Items, o.Divisions, o.Guides())
			return err
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Items, "items", 560, "多少事项 / how many items")
	f.IntVar(&o.Divisions, "divisions", 179, "多少地方，179 个以上带乡镇 / how many places; above 179 there are townships")
	f.IntVar(&guides, "guides", 0, "至少多少份指南，代替前两项 / at least so many guides, instead of the two above")
	f.Float64Var(&o.Distinct, "distinct", 0, "内容各不相同的比例 0–1 / share of guides without shared text")
	f.Uint64Var(&o.Seed, "seed", 1, "随机种子 / seed")
	f.StringVar(&from, "from", ".", "词表和主题取自哪个站点 / site to take vocabularies and theme from")
	return cmd
}

func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s 不是空的 / %s is not empty", dir, dir)
	}
	return err
}
